import SQL
import Testing

@Suite("SQL")
struct SQLScriptTests {
    private static func refusal(_ text: String, _ dialect: SQLDialect) -> SQLRefusal? {
        do throws(SQLRefusal) {
            _ = try SQLScript(text, dialect: dialect)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "MySQL is understood",
        arguments: [
            "SELECT id, name FROM users", "select distinct id from users;",
            "SELECT SQL_NO_CACHE name FROM users",
            "SELECT DISTINCT SQL_NO_CACHE name FROM users", "SELECT SQL_CALC_FOUND_ROWS DISTINCT a FROM t",
            "SELECT * FROM `employees` WHERE `id` = 1", "SELECT `a``b` FROM `t`",
            "SELECT * FROM t WHERE a = \"x\"",
            "SELECT 'it\\'s', 'it''s', \"say \\\"x\\\"\"", "SELECT 'a' 'b'", "SELECT 1 # comment\n, 2",
            "SELECT 1 -- c\n",
            "SELECT /*! SQL_NO_CACHE */ a FROM t", "SELECT 5--1", "SELECT * FROM t LIMIT 5, 10",
            "SELECT * FROM t LIMIT 10 OFFSET 5",
            "SELECT * FROM t WHERE a <=> NULL AND !b && c || d", "SELECT a DIV b, a MOD b, a XOR b FROM t",
            "SELECT * FROM t WHERE name REGEXP '^a' AND name NOT RLIKE 'b' AND n SOUNDS LIKE 'x'",
            "SELECT DATE_ADD(NOW(), INTERVAL 1 DAY), d - INTERVAL (a + 1) MONTH FROM t WHERE d > CURDATE() - INTERVAL n HOUR",
            "SELECT GROUP_CONCAT(DISTINCT name ORDER BY name DESC SEPARATOR ', ') FROM t GROUP BY team WITH ROLLUP",
            "SELECT IF(a, 1, 2), IFNULL(b, 3), ISNULL(c), LEFT(d, 2), REPLACE(e, 'x', 'y'), CHAR(77), USER() FROM t",
            "SELECT CAST(a AS SIGNED), CAST(b AS UNSIGNED INTEGER), CAST(c AS CHAR(10)), CONVERT(d, SIGNED), CONVERT(e USING utf8mb4) FROM t",
            "SELECT MATCH (title, body) AGAINST ('x' IN BOOLEAN MODE) FROM a WHERE MATCH(title) AGAINST('y')",
            "SELECT * FROM t USE INDEX (i) FORCE INDEX FOR JOIN (j) WHERE a = 1 LIMIT 1, 2",
            "SELECT a FROM t STRAIGHT_JOIN u ON t.i = u.i",
            "SELECT * FROM t WHERE id = 1 LOCK IN SHARE MODE", "SELECT * FROM t FOR UPDATE SKIP LOCKED",
            "SELECT user, host FROM mysql.user",
            "SELECT CURRENT_TIMESTAMP(), CURRENT_DATE(), YEAR(d), COUNT(*) n FROM t",
            "SELECT @a := @a + 1, @@version, ? FROM t WHERE i = :id",
            "SELECT 0xFF, x'41', b'01', _utf8'x', 1.5e3, .5", "SELECT a->'$.b', a->>'$.c' FROM t",
            "SELECT * FROM t WHERE BINARY a = 'x'",
            "SELECT id AS i, count(*) cnt FROM t GROUP BY i HAVING cnt > 1 ORDER BY cnt DESC",
            "SELECT COUNT(DISTINCT a) FROM t",
            "SELECT CASE WHEN a THEN 1 ELSE 2 END FROM t", "WITH c AS (SELECT 1 AS x) SELECT * FROM c",
            "SELECT 1 UNION ALL SELECT 2",
            "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) FROM t", "SELECT * FROM a NATURAL JOIN b",
            "SELECT 1 FROM dual",
            "INSERT INTO t (a, b) VALUES (1, 'x'), (2, NULL)", "INSERT IGNORE INTO t VALUES (1)",
            "INSERT t VALUE (1)", "REPLACE INTO t (a) VALUES (1)",
            "REPLACE t SET a = 1", "INSERT INTO t SET a = 1, b = CONCAT('x', 'y')",
            "INSERT LOW_PRIORITY INTO t SELECT * FROM u",
            "INSERT INTO t (a, n) VALUES (1, 1) ON DUPLICATE KEY UPDATE n = n + VALUES(n), b = 2",
            "INSERT INTO t (a) VALUES (1) AS new ON DUPLICATE KEY UPDATE a = new.a",
            "UPDATE t SET a = 1 WHERE b = 2 ORDER BY c DESC LIMIT 5",
            "UPDATE LOW_PRIORITY IGNORE t SET a = 1",
            "UPDATE a JOIN b ON a.i = b.i SET a.x = b.y, b.z = 1 WHERE b.q = 2",
            "UPDATE a, b SET a.x = 1 WHERE a.i = b.i",
            "DELETE FROM t WHERE a = 1 LIMIT 3", "DELETE a FROM a JOIN b ON a.i = b.i WHERE b.x = 1",
            "DELETE QUICK FROM t", "TRUNCATE TABLE t",
            "CREATE TABLE IF NOT EXISTS `t` (`id` INT(11) UNSIGNED NOT NULL AUTO_INCREMENT, name VARCHAR(20) CHARACTER SET utf8 DEFAULT 'x' COMMENT 'n', kind ENUM('a','b'), d DOUBLE(10,2), ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, j JSON, PRIMARY KEY (`id`), UNIQUE KEY `u` (name(10)), KEY k (kind, d DESC), FULLTEXT KEY f (name), CONSTRAINT c FOREIGN KEY (id) REFERENCES u (id) ON DELETE CASCADE) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='x'",
            "CREATE TABLE t (id BIGINT PRIMARY KEY AUTO_INCREMENT, a INT UNIQUE KEY, g INT GENERATED ALWAYS AS (a + 1) VIRTUAL)",
            "CREATE TABLE t LIKE u",
            "CREATE TABLE t AS SELECT * FROM u", "CREATE UNIQUE INDEX i ON t (a(10), b)",
            "CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE DATABASE IF NOT EXISTS d CHARACTER SET utf8mb4",
            "ALTER TABLE t ADD COLUMN a INT(5) UNSIGNED AFTER b, ADD INDEX i (c), DROP INDEX j, MODIFY d TEXT, CHANGE e f INT FIRST, ADD PRIMARY KEY (id), DROP PRIMARY KEY, DROP COLUMN x",
            "ALTER TABLE t ENGINE=InnoDB", "ALTER TABLE t RENAME TO u", "DROP TABLE IF EXISTS a, b",
            "SHOW TABLES", "SHOW FULL COLUMNS FROM t FROM d LIKE 'a%'", "SHOW CREATE TABLE t", "DESCRIBE t",
            "DESC SELECT 1",
            "EXPLAIN FORMAT=JSON SELECT 1", "USE d", "SET @a = 1, @b = 2", "SET NAMES 'utf8'",
            "SET GLOBAL x = 1", "START TRANSACTION; UPDATE t SET a = 1; COMMIT;", "CALL p(1, 'x')",
            "SELECT CONCAT(first_name, ' ', last_name) full_name FROM t", "SELECT a.b c FROM a",
            "SELECT a, b c FROM t", "SELECT 'x' y FROM t",
            "SELECT EXTRACT(YEAR FROM d), TRIM(BOTH 'x' FROM a), SUBSTRING(a FROM 2 FOR 3), POSITION('a' IN b) FROM t",
            "SELECT TIMESTAMPDIFF(MONTH, a, b), TIME(a), TIMESTAMP(b) FROM t",
        ])
    func mySQL(text: String) {
        let refusal = Self.refusal(text, .mySQL)
        #expect(refusal == nil, "\(refusal?.message ?? "") at \(refusal?.offset ?? -1)")
    }

    @Test(
        "MySQL is refused",
        arguments: [
            ("", "no statement"), ("  ;; ", "no statement"), ("-- nothing", "no statement"),
            ("hello", "syntax error"),
            ("SELECT * FROM orders ORDERY BY order_date", "\"BY\""),
            ("SELECT * FROM select WHERE id = 1", "\"select\""),
            ("DELETE employees WHERE id = 1", "syntax error"), ("SELECT a b FROM t", "side by side"),
            ("SELECT DISTINCT first_name last_name FROM employees", "side by side"),
            ("SELECT DISTINCTIVE name FROM users", "side by side"),
            ("SELECT SQL_NO_CACHE first_name last_name FROM employees", "side by side"),
            ("SELECT col1 col2 col3 FROM t", "syntax error"),
            ("SELECT * FROM `employees", "no end"), ("SELECT `id, `name FROM `users", "no end"),
            ("SELECT 'x", "no end"), ("SELECT /* x", "no end"),
            ("SELECT a FROM t WHERE a ILIKE 'x'", "ILIKE"), ("SELECT a::int FROM t", "'::'"),
            ("INSERT INTO t VALUES (1) RETURNING a", "RETURNING"),
            ("SELECT $$x$$", "'$$'"), ("SELECT a[1] FROM t", "'['"),
            ("SELECT generate_series(1, 10);", "generate_series"),
            ("SELECT * FROM t FULL OUTER JOIN u ON t.i = u.i", "FULL JOIN"),
            ("SELECT a FROM t ORDER BY a NULLS LAST", "NULLS"),
            ("SELECT DISTINCT ON (a) a FROM t", "DISTINCT ON"),
            ("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", "ON CONFLICT"),
            ("SELECT a ~ 'x' FROM t", "operator"), ("SELECT TOP 5 a FROM t", "syntax error"),
            ("SELECT [a] FROM t", "'['"),
            ("COPY t FROM stdin", "COPY"), ("SELECT a FROM t WHERE", "end of input"),
            ("SELECT (1", "syntax error"), ("SELECT INTERVAL '1 day'", "INTERVAL"),
            ("CREATE TABLE t (id INT,)", "syntax error"), ("UPDATE t a = 1", "syntax error"),
            ("INSERT INTO t (a VALUES (1)", "syntax error"),
            ("SELECT a FROM t FETCH FIRST 1 ROW ONLY", "FETCH"), ("VACUUM", "VACUUM"),
            ("SELECT 1\u{0}", "U+0000"), ("SELECT a SIMILAR TO 'x' FROM t", "SIMILAR"),
            ("SELECT * FROM t;\nSELECT * FORM u", "syntax error"), ("SHOW nonsense here", "syntax error"),
        ])
    func notMySQL(text: String, message: String) {
        let refusal = Self.refusal(text, .mySQL)
        #expect(refusal?.kind == .syntax)
        #expect(refusal?.message.contains(message) == true, "\(refusal?.message ?? "accepted")")
    }

    @Test(
        "other databases are understood",
        arguments: [
            (
                SQLDialect.postgreSQL,
                "SELECT a FROM t WHERE b ILIKE 'x' AND c::int = $1 AND d = ANY(ARRAY[1, 2])"
            ), (.postgreSQL, "SELECT $$it's$$ AS \"a b\", E'\\n', U&'x'"),
            (
                .postgreSQL,
                "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b RETURNING *"
            ), (.postgreSQL, "SELECT DISTINCT ON (a) a FROM t ORDER BY a NULLS LAST"),
            (.postgreSQL, "COPY t FROM stdin"), (.postgreSQL, "DO $x$ BEGIN END $x$"),
            (.postgreSQL, "SELECT 1 /* a /* b */ c */"), (.postgreSQL, "SELECT generate_series(1, 2)"),
            (.postgreSQL, "SELECT DISTINCT \"display name\" FROM users"),
            (.postgreSQL, "SELECT a @> b, c #>> '{x}', d ? 'k' FROM t"),
            (.mariaDB, "INSERT INTO t VALUES (1) RETURNING a"), (.mariaDB, "DELETE FROM `t` RETURNING a"),
            (.mariaDB, "/*M! SELECT */ /*!50000 1 */"),
            (.sqlite, "SELECT [a], `b`, \"c\" FROM t LIMIT 5, 10"),
            (.sqlite, "INSERT OR REPLACE INTO t VALUES (1)"), (.sqlite, "REPLACE INTO t VALUES (1)"),
            (
                .sqlite,
                "SELECT * FROM t WHERE a == 1 AND b IS 5 AND c IS NOT 'x' AND d GLOB 'a*' AND e IS NOT NULL"
            ),
            (
                .sqlite,
                "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE ON CONFLICT IGNORE) WITHOUT ROWID"
            ),
            (.sqlite, "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING RETURNING a"),
            (.sqlite, "PRAGMA foreign_keys = ON"), (.sqlite, "SELECT a FROM t ORDER BY a NULLS LAST"),
            (.sqlite, "SELECT strftime('%Y', d) || 'x' FROM t WHERE i = ?1 OR i = @x"),
            (
                .transactSQL,
                "SELECT TOP 10 [a b], N'x' FROM [dbo].[t] WITH (NOLOCK) WHERE [c] = @id ORDER BY d"
            ), (.transactSQL, "SELECT DISTINCT TOP (5) PERCENT a FROM t"),
            (.transactSQL, "SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY"),
            (.transactSQL, "INSERT t (a) OUTPUT inserted.a VALUES (1)"),
            (.transactSQL, "DELETE t WHERE a = 1"), (.transactSQL, "DELETE TOP (5) FROM t"),
            (.transactSQL, "SELECT * INTO #x FROM t"),
            (
                .transactSQL,
                "SELECT DATEADD(day, 1, GETDATE()), CONVERT(VARCHAR(10), d, 120), ISNULL(a, 0), LEN(b) FROM t"
            ),
            (.transactSQL, "SELECT 1\nGO\nSELECT 2"),
            (.transactSQL, "CREATE TABLE t (id INT IDENTITY(1,1) PRIMARY KEY CLUSTERED, a NVARCHAR(MAX))"),
            (.transactSQL, "SELECT a.x, b.y FROM a CROSS APPLY (SELECT TOP 1 y FROM b WHERE b.i = a.i) b"),
            (.transactSQL, "EXEC p"),
            (
                .transactSQL,
                "MERGE INTO a USING b ON a.i = b.i WHEN MATCHED THEN UPDATE SET x = b.x WHEN NOT MATCHED THEN INSERT (i) VALUES (b.i);"
            ),
        ] as [(SQLDialect, String)])
    func others(dialect: SQLDialect, text: String) {
        let refusal = Self.refusal(text, dialect)
        #expect(refusal == nil, "\(refusal?.message ?? "") at \(refusal?.offset ?? -1)")
    }

    @Test(
        "other databases refuse",
        arguments: [
            (SQLDialect.postgreSQL, "SELECT `a` FROM t"), (.postgreSQL, "SELECT * FROM t LIMIT 1, 2"),
            (.postgreSQL, "SELECT * FROM employees WHERE id = 1 LOCK IN SHARE MODE"),
            (.postgreSQL, "INSERT IGNORE INTO t VALUES (1)"), (.postgreSQL, "SELECT a b FROM t"),
            (.postgreSQL, ""), (.postgreSQL, "SELECT $x$ y"),
            (.sqlite, "SELECT a ILIKE 'x' FROM t"), (.sqlite, "SELECT a::int"), (.sqlite, "TRUNCATE TABLE t"),
            (.sqlite, "SELECT [a FROM t"), (.sqlite, "SELECT DISTINCT ON (a) a FROM t"),
            (.transactSQL, "SELECT a FROM t LIMIT 5"), (.transactSQL, "SELECT `a` FROM t"),
            (.transactSQL, "SELECT a || b FROM t"), (.transactSQL, "INSERT INTO t VALUES (1) RETURNING a"),
            (.transactSQL, "SELECT a::int"),
            (.mariaDB, "SELECT a ILIKE 'x' FROM t"),
        ] as [(SQLDialect, String)])
    func othersRefuse(dialect: SQLDialect, text: String) {
        #expect(Self.refusal(text, dialect)?.kind == .syntax)
    }

    @Test(
        "names of databases know no case",
        arguments: ["mysql", "MYSQL", "postgresql", "Postgres", "mssql", "transactsql", "SQLite", "mariadb"])
    func names(name: String) {
        #expect(SQLDialect(named: name) != nil)
        #expect(SQLDialect(named: name + "x") == nil)
    }

    @Test(
        "an error stands at its place in the source",
        arguments: [
            ("SELECT *\nFROM `t`\nORDERY BY x", SQLDialect.mySQL, 3, 8),
            ("SELECT é FROM t WHERE x ILIKE 'y'", .mySQL, 1, 25), ("SELECT é,\n é FROM", .postgreSQL, 2, 8),
        ])
    func place(text: String, dialect: SQLDialect, line: Int, column: Int) throws {
        let place = try #require(Self.refusal(text, dialect)?.place(in: text))
        #expect(place.line == line)
        #expect(place.column == column)
    }

    @Test(
        "tells what tables and columns are touched",
        arguments: [
            ("SELECT * FROM employees", "select::null::employees", "select::employees::(.*)"),
            (
                "SELECT u.name, p.title FROM users u, shop.posts p WHERE u.id = p.uid",
                "select::null::users select::shop::posts",
                "select::users::name select::posts::title select::users::id select::posts::uid"
            ),
            (
                "UPDATE a SET id = 1 WHERE name IN (SELECT name FROM b)", "update::null::a select::null::b",
                "update::a::id select::a::name select::b::name"
            ),
            (
                "INSERT INTO department (dept_name, location) VALUES ('x', 'y')", "insert::null::department",
                "insert::department::dept_name insert::department::location"
            ),
            ("INSERT INTO t VALUES (1)", "insert::null::t", "insert::t::(.*)"),
            ("DELETE FROM t WHERE a = 1", "delete::null::t", "delete::t::(.*) select::t::a"),
            ("WITH c AS (SELECT x FROM t) SELECT c.x, y FROM c", "select::null::t", "select::t::x"),
            ("SELECT s.a FROM (SELECT a FROM t) s", "select::null::t", "select::t::a"),
            ("SELECT id AS i FROM t ORDER BY i", "select::null::t", "select::t::id"),
            ("DROP TABLE a, d.b", "drop::null::a drop::d::b", ""), ("TRUNCATE t", "truncate::null::t", ""),
            (
                "UPDATE a x JOIN b ON x.i = b.i SET x.v = b.w", "update::null::a select::null::b",
                "select::a::i select::b::i update::a::v select::b::w"
            ),
            (
                "DELETE u FROM users u JOIN b ON u.i = b.i", "delete::null::users select::null::b",
                "delete::users::(.*) select::users::i select::b::i"
            ),
            ("CREATE TABLE n AS SELECT a FROM t", "create::null::n select::null::t", "select::t::a"),
            ("ALTER TABLE t ADD x INT", "alter::null::t", ""),
            (
                "SELECT a FROM t UNION SELECT b FROM u", "select::null::t select::null::u",
                "select::t::a select::u::b"
            ), ("SELECT 1", "", ""), ("SELECT COUNT(*) FROM t", "select::null::t", ""),
            (
                "SELECT (SELECT max(x) FROM u WHERE u.i = t.i) FROM t", "select::null::u select::null::t",
                "select::u::x select::u::i select::t::i"
            ), ("REPLACE INTO t (a) VALUES (1)", "insert::null::t", "insert::t::a"),
            ("WITH t AS (SELECT a FROM t) SELECT * FROM t", "select::null::t", "select::t::a"),
            ("EXPLAIN SELECT a FROM t", "select::null::t", "select::t::a"),
        ])
    func authorities(text: String, tables: String, columns: String) throws {
        let script = try SQLScript(text, dialect: .mySQL)
        #expect(Set(script.tables.map(\.description)) == Set(tables.split(separator: " ").map(String.init)))
        #expect(Set(script.columns.map(\.description)) == Set(columns.split(separator: " ").map(String.init)))
    }

    @Test("a column without a table is that of the only table, or of none")
    func unqualified() throws {
        #expect(
            try SQLScript("SELECT a FROM t", dialect: .mySQL).columns.first?.spellings == [
                "select::null::a", "select::t::a",
            ])
        #expect(try SQLScript("SELECT a FROM t, u", dialect: .mySQL).columns.first?.spellings.count == 3)
        #expect(try SQLScript("SELECT a", dialect: .mySQL).columns.first?.spellings == ["select::null::a"])
    }

    @Test(
        "statements that hide what they touch are told",
        arguments: ["CALL p()", "DO $$x$$", "DROP SCHEMA s", "EXECUTE x"])
    func opaque(text: String) throws {
        #expect(try !SQLScript(text, dialect: .postgreSQL).opaqueKinds.isEmpty)
    }

    @Test(
        "what is too much is a limit, and no crash",
        arguments: [
            "SELECT " + String(repeating: "(", count: 100_000),
            "SELECT 1" + String(repeating: "+1", count: 100_000),
            "SELECT " + String(repeating: "NOT ", count: 100_000) + "1",
            "SELECT 1 FROM t" + String(repeating: " JOIN t", count: 10_000),
            "SELECT 1" + String(repeating: " UNION SELECT 1", count: 10_000),
            "SELECT " + String(repeating: "- ", count: 50_000) + "1",
            "SELECT " + String(repeating: "CASE WHEN 1 THEN ", count: 10_000),
            "SELECT a" + String(repeating: " COLLATE x", count: 10_000),
            String(repeating: " ", count: 2_000_000),
            "SELECT a" + String(repeating: " IS NULL", count: 10_000),
            "SELECT a" + String(repeating: "::int", count: 10_000),
            "SELECT a" + String(repeating: "[1]", count: 10_000) + "x(" + String(repeating: "a(", count: 300),
        ])
    func limits(text: String) {
        #expect(Self.refusal(text, .postgreSQL)?.kind == .limit)
        #expect(Self.refusal(text, .mySQL) != nil)
    }

    @Test("what is long and flat is parsed")
    func flat() throws {
        let rows = Array(repeating: "(1, 'x', NULL)", count: 4000).joined(separator: ", ")
        #expect(try SQLScript("INSERT INTO t VALUES \(rows)", dialect: .mySQL).statementCount == 1)
        let conditions = (0..<2000).map { "a = \($0)" }.joined(separator: " OR ")
        #expect(try SQLScript("SELECT 1 FROM t WHERE \(conditions)", dialect: .mySQL).statementCount == 1)
        let list = (0..<10_000).map { "\($0)" }.joined(separator: ",")
        #expect(
            try SQLScript("SELECT 1 FROM t WHERE a IN (\(list))", dialect: .postgreSQL).statementCount == 1)
    }

    @Test("many threads parse at a time")
    func threads() async {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let isRight = number.isMultiple(of: 2)
                    let text = isRight ? "SELECT a\(number) FROM t" : "SELECT a\(number) FORM t x"
                    return (Self.refusal(text, .mySQL) == nil) == isRight
                }
            }
            for await result in group { #expect(result) }
        }
    }

    @Test("broken statements are refused and no more", arguments: SQLDialect.allCases)
    func broken(dialect: SQLDialect) {
        let statements = [
            "INSERT INTO t SET a = 1 , b = f ( 2 ) ON DUPLICATE KEY UPDATE a = VALUES ( a )",
            "INSERT INTO t ( a ) VALUES ( 1 ) AS new ON DUPLICATE KEY UPDATE a = new . a",
            "UPDATE a AS x JOIN b USE INDEX FOR JOIN ( i ) ON x . i = b . i SET x . v = 1 ORDER BY c DESC LIMIT 5 , 6",
            "DELETE a . * FROM a JOIN b ON a . i = b . i ORDER BY c LIMIT 3",
            "SELECT DISTINCT SQL_NO_CACHE MATCH ( a ) AGAINST ( 'x' IN BOOLEAN MODE ) , CONVERT ( a , SIGNED ) , CAST ( b AS UNSIGNED ) , d - INTERVAL - n DAY FROM t LIMIT 1 , 2",
            "CREATE TABLE IF NOT EXISTS t ( id INT ( 11 ) UNSIGNED , e ENUM ( 'a' ) , d DOUBLE ( 1 , 2 ) ON UPDATE NOW ( ) , PRIMARY KEY USING BTREE ( id ( 5 ) DESC ) , KEY k ( e ) , CONSTRAINT UNIQUE KEY u ( id ) ) DEFAULT CHARACTER SET = utf8 , COMMENT 'x'",
            "ALTER TABLE t ADD UNIQUE KEY k ( a ( 5 ) ) USING BTREE , CHANGE COLUMN a b INT AFTER c , DROP FOREIGN KEY x",
            "SELECT TOP ( 5 ) PERCENT WITH TIES a FROM t WITH ( NOLOCK ) OUTER APPLY f ( x ) OUTPUT inserted . a",
            "PRAGMA x = 1 ; CREATE TABLE t ( a INTEGER PRIMARY KEY AUTOINCREMENT ON CONFLICT IGNORE ) WITHOUT ROWID , STRICT",
            "SHOW FULL COLUMNS FROM t FROM d LIKE 'x' ; USE d ; DESCRIBE t ; SET @a := 1 ; EXPLAIN FORMAT = JSON SELECT 1",
        ]
        for statement in statements {
            let words = statement.split(separator: " ").map(String.init)
            for index in words.indices {
                var removed = words
                removed.remove(at: index)
                var swapped = words
                swapped.swapAt(index, words.count - 1)
                for variant in [Array(words[..<index]), Array(words[index...]), removed, swapped] {
                    _ = Self.refusal(variant.joined(separator: " "), dialect)
                }
            }
        }
    }

    @Test("text that ends in mid-word is refused, never a crash", arguments: SQLDialect.allCases)
    func cutTexts(dialect: SQLDialect) {
        let text =
            "SELECT @@a.b, @'x', $1, $$y$$, `n`, [m], :p, ?, 0x1F, 1.5e-3, N'q', a->>'b' FROM t -- c\n/* d */ WHERE a <=> 1"
        for end in text.unicodeScalars.indices {
            _ = Self.refusal(String(text.unicodeScalars[..<end]), dialect)
            for tail in [
                "@", "@@", "$", "'", "\"", "`", "[", ":", "?", "\\", "/", "/*", "-", "--", "#", ".", "e",
                "0x", "é", "\u{0}",
            ] {
                _ = Self.refusal(String(text.unicodeScalars[..<end]) + tail, dialect)
            }
        }
    }
}
