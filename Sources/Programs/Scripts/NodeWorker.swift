/// The program that `node` runs: reads requests line by line and calls the code that they name.
enum NodeWorker {
    /// Its source; an empty line says that it is ready.
    ///
    /// Standard output belongs to the answers, so that what the code prints goes to standard error.
    static let source = #"""
        'use strict';
        const fs = require('fs');
        const path = require('path');
        const { pathToFileURL } = require('url');
        const known = new Map();
        // What code makes of the global ones must not reach the answers.
        const { stringify, parse } = JSON;
        globalThis.console = new console.Console(process.stderr, process.stderr);
        process.stdout.write = process.stderr.write.bind(process.stderr);
        // Code for promptfoo reaches `require` this way.
        const shim = Object.create(process, { mainModule: { value: { require, exports: {}, filename: '' } } });

        class Mistake extends Error {
          constructor(message, hint) { super(message); this.hint = hint; }
        }

        // The last semicolon between statements of one line: not in a text, a pattern or brackets.
        function lastSemicolon(code) {
          let depth = 0, last = -1, value = false;
          for (let i = 0; i < code.length; i++) {
            const c = code[i];
            if (/\s/.test(c)) continue;
            if (c === '"' || c === "'" || c === '`') {
              for (i++; i < code.length && code[i] !== c; i++) if (code[i] === '\\') i++;
              value = true;
            } else if (c === '/' && code[i + 1] === '*') {
              const end = code.indexOf('*/', i + 2);
              i = end < 0 ? code.length : end + 1;
            } else if (c === '/' && code[i + 1] === '/') {
              break;
            } else if (c === '/' && !value) {
              let inClass = false;
              for (i++; i < code.length && (inClass || code[i] !== '/'); i++) {
                if (code[i] === '\\') i++;
                else if (code[i] === '[') inClass = true;
                else if (code[i] === ']') inClass = false;
              }
              value = true;
            } else if (/[\w$]/.test(c)) {
              const word = /^[\w$]+/.exec(code.slice(i))[0];
              i += word.length - 1;
              value = !/^(return|typeof|case|in|of|delete|void|throw|new|instanceof|await|yield)$/.test(word);
            } else {
              if ('([{'.includes(c)) depth++;
              if (')]}'.includes(c)) depth--;
              if (c === ';' && depth === 0) last = i;
              value = c === ')' || c === ']' || c === '}';
            }
          }
          return last;
        }

        function body(code) {
          const text = code.trimEnd();
          if (text.trim().includes('\n')) {
            // An expression over several lines is one all the same.
            try { return new Function('output', 'context', 'process', 'return (' + text + '\n)'); } catch { }
            return new Function('output', 'context', 'process', text);
          }
          const line = text.trim().replace(/(;\s*)+$/, '');
          // The whole line must be one expression: of several statements the first alone would decide.
          try { return new Function('output', 'context', 'process', 'return (' + line + '\n)'); } catch { }
          const at = /\breturn\b/.test(line) ? -1 : lastSemicolon(line);
          const made = at < 0 ? line : line.slice(0, at + 1) + ' return ' + line.slice(at + 1).trim();
          return new Function('output', 'context', 'process', made);
        }

        async function fromFile(file, name) {
          const module = await import(pathToFileURL(file).href);
          const inner = module.default;
          const found = name
            ? [module[name], inner?.[name], inner?.default?.[name]]
            : [inner, inner?.default, module.get_assert, inner?.get_assert];
          const made = found.find((one) => typeof one === 'function');
          if (!made) {
            throw new Mistake(
              name ? `there is no function ${name} in ${path.basename(file)}`
                : `${path.basename(file)} exports no function`,
              'write module.exports = (output, context) => …, or file://PATH:FUNCTION');
          }
          return made;
        }

        async function answer(request) {
          const key = stringify(request.source);
          if (!known.has(key)) {
            const { code, file, function: name } = request.source;
            known.set(key, code === undefined ? await fromFile(file, name) : body(code));
          }
          const result = await known.get(key)(request.output, request.context, shim);
          if (result === undefined || result === null) {
            throw new Mistake(`it gave ${result}`, 'lines of code need a `return`');
          }
          return stringify({ result }, (name, value) => {
            if (typeof value === 'number' && !Number.isFinite(value)) throw new Mistake(`it gave the number ${value}`);
            return value;
          });
        }

        function words(error) {
          if (error instanceof Mistake) return error.message;
          return error instanceof Error ? `${error.name}: ${error.message}` : `it threw ${String(error)}`;
        }

        function send(text) {
          const bytes = Buffer.from(text + '\n');
          for (let at = 0; at < bytes.length;) {
            try {
              at += fs.writeSync(1, bytes, at);
            } catch (error) {
              if (error.code !== 'EAGAIN') throw error;
            }
          }
        }

        let busy = Promise.resolve();
        let pieces = [];
        async function serve(line) {
          let text;
          try {
            text = await answer(parse(line));
          } catch (error) {
            text = stringify({ error: words(error), hint: error?.hint ?? null });
          }
          send(text);
        }
        process.stdin.on('data', (chunk) => {
          let feed;
          while ((feed = chunk.indexOf(10)) >= 0) {
            const line = Buffer.concat([...pieces, chunk.subarray(0, feed)]).toString('utf8');
            pieces = [];
            chunk = chunk.subarray(feed + 1);
            busy = busy.then(() => serve(line));
          }
          if (chunk.length) pieces.push(chunk);
        });
        send('');
        process.stdin.on('end', () => busy.then(() => process.exit(0)));
        """#
}
