/// The program that `python3` runs: reads requests line by line and calls the code that they name.
enum PythonWorker {
    /// Its source; an empty line says that it is ready.
    ///
    /// Standard output belongs to the answers, so that what the code prints goes to standard error.
    static let source = #"""
        import ast, asyncio, dataclasses, importlib.util, inspect, json, os, sys, textwrap
        # What code makes of the module's own must not reach the answers.
        from json import dumps, loads

        requests = os.fdopen(os.dup(0), "rb")
        answers = os.fdopen(os.dup(1), "wb")
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, 0)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        sys.argv = ["assertion"]
        known = {}


        class Mistake(Exception):
            def __init__(self, message, hint=None):
                super().__init__(message)
                self.hint = hint


        def snippet(code):
            text = textwrap.dedent(code).strip()
            scope = {"__name__": "assertion", "json": json}
            try:
                compiled = compile(text, "<assertion>", "eval")
            except SyntaxError:
                pass
            else:
                def expression(output, context):
                    local = dict(scope, output=output, context=context)
                    return eval(compiled, local)
                return expression
            body = ast.parse(text, "<assertion>").body
            module = ast.parse("def main(output, context): pass", "<assertion>")
            module.body[0].body = body
            exec(compile(module, "<assertion>", "exec"), scope)
            return scope["main"]


        def function(path, name):
            folder = os.path.dirname(path)
            if folder not in sys.path:
                sys.path.insert(0, folder)
            spec = importlib.util.spec_from_file_location("assertion_%d" % len(known), path)
            if spec is None or spec.loader is None:
                raise Mistake("%s is no Python file" % path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
            found = getattr(module, name or "get_assert", None)
            if not callable(found):
                raise Mistake("there is no function %s in %s" % (name or "get_assert", os.path.basename(path)),
                              "define get_assert(output, context), or write file://PATH:FUNCTION")
            return found


        def plain(value):
            if dataclasses.is_dataclass(value) and not isinstance(value, type):
                return dataclasses.asdict(value)
            if hasattr(value, "model_dump"):
                return value.model_dump()
            if hasattr(value, "item"):
                return value.item()
            raise Mistake("it gave a value of type %s" % type(value).__name__,
                          "give True, False, a number, or a dict with pass, score and reason")


        def answer(request):
            source = request["source"]
            key = dumps(source)
            if key not in known:
                known[key] = (snippet(source["code"]) if "code" in source
                              else function(source["file"], source.get("function")))
            result = known[key](request["output"], request["context"])
            if inspect.isawaitable(result):
                async def wait():
                    return await result
                result = asyncio.run(wait())
            if result is None:
                raise Mistake("it gave None", "lines of code need a `return`")
            try:
                return dumps({"result": result}, default=plain, allow_nan=False)
            except ValueError:
                raise Mistake("it gave a number that is none, or a value that holds itself")


        def words(error):
            if isinstance(error, Mistake):
                return str(error)
            line = None
            trace = error.__traceback__
            while trace is not None:
                if trace.tb_frame.f_code.co_filename != "<string>":
                    line = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
                trace = trace.tb_next
            if isinstance(error, SyntaxError):
                line = (error.filename, error.lineno)
            text = "%s: %s" % (type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)
            if line is None:
                return text
            place = "" if line[0] == "<assertion>" else os.path.basename(str(line[0])) + ", "
            return "%s (%sline %s)" % (text, place, line[1])


        answers.write(b"\n")
        answers.flush()
        for line in requests:
            try:
                text = answer(loads(line))
            except BaseException as error:
                text = dumps({"error": words(error), "hint": getattr(error, "hint", None)}, default=str)
            answers.write(text.encode("utf-8", "replace") + b"\n")
            answers.flush()
            sys.stderr.flush()
        """#
}
