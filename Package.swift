// swift-tools-version: 6.2
import PackageDescription

/// Continuous integration sets this: a warning then stops the build.
let strict = Context.environment["EVALRUN_STRICT"] != nil

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: settings)
}

let package = Package(
    name: "evalrun",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        // Without its default trait, which brings Foundation in.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        // The paths of swift-subprocess; a part of the system on a Mac.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        library("Diagnostics"),
        tests("Diagnostics"),
        library("JSON"),
        tests("JSON"),
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        library("YAML", ["CLibYAML", "Diagnostics"]),
        tests("YAML", ["Diagnostics"]),
        library("Files", ["Diagnostics", .product(name: "Crypto", package: "swift-crypto")]),
        tests("Files", ["Diagnostics"]),
        library("Templates", ["Diagnostics", "JSON"]),
        tests("Templates", ["Diagnostics", "JSON"]),
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        library("Patterns", ["CPCRE2"]),
        tests("Patterns"),
        library("Selections", ["JSON", "Patterns"]),
        tests("Selections", ["JSON"]),
        library("JSONSchema", ["JSON", "Patterns"]),
        tests("JSONSchema", ["JSON", "Patterns"]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        library("XML", ["CLibXML2"]),
        tests("XML"),
        library("Secrets"),
        tests("Secrets"),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
        library("Stemming", ["CStemmer"]),
        tests("Stemming"),
        .target(
            name: "CLD2Shim",
            linkerSettings: [.linkedLibrary("cld2", .when(platforms: [.linux]))]),
        library("Languages", [.byName(name: "CLD2Shim", condition: .when(platforms: [.linux]))]),
        tests("Languages"),
        .systemLibrary(
            name: "CPGQuery", providers: [.apt(["libpg-query-dev"]), .brew(["libpg_query"])]),
        library("SQL", ["CPGQuery", "JSON"]),
        tests("SQL"),
        library("Statistics"),
        tests("Statistics", ["JSON"]),
        library("Evals", ["Diagnostics", "JSON"]),
        tests("Evals", ["Diagnostics", "JSON"]),
        library(
            "Suites",
            ["Files", "YAML", "JSON", "Secrets", "Statistics", "Templates", "Evals", "Diagnostics"]),
        tests(
            "Suites",
            [
                "Files", "YAML", "JSON", "Secrets", "Templates", "Evals", "Diagnostics", "Assertions",
                "JSONSchema",
            ]),
        // Loads libcurl at the first request; its headers come with libcurl4-openssl-dev.
        .target(name: "CLibCurl"),
        library("HTTP", ["CLibCurl", .product(name: "Crypto", package: "swift-crypto")]),
        tests("HTTP", ["StubServer"]),
        // A server for tests: answers from a script, on loopback only.
        .target(name: "StubServer", path: "Tests/StubServer", swiftSettings: settings),
        library("Models", ["Diagnostics", "HTTP", "JSON", "Evals", "Selections", "Templates"]),
        tests("Models", ["Diagnostics", "HTTP", "JSON", "Evals", "StubServer"]),
        library("Recordings", ["Files", "YAML", "JSON", "Patterns", "Secrets", "Evals", "Diagnostics"]),
        tests("Recordings", ["Files", "YAML", "JSON", "Patterns", "Secrets", "Evals", "Diagnostics"]),
        library(
            "Assertions",
            [
                "JSON", "JSONSchema", "Languages", "Patterns", "Secrets", "Selections", "SQL", "Stemming",
                "Templates",
                "XML",
                "Evals",
                "Diagnostics",
            ]),
        tests(
            "Assertions",
            ["JSON", "JSONSchema", "Patterns", "Templates", "XML", "YAML", "Evals", "Diagnostics"]),
        .target(
            name: "Judges",
            dependencies: [
                "Assertions", "Diagnostics", "Evals", "Files", "JSON", "JSONSchema", "Statistics",
            ],
            // The judge prompts, which a project can replace by its own.
            resources: [.embedInCode("Prompts")], swiftSettings: settings),
        tests("Judges", ["Assertions", "Diagnostics", "Evals", "JSON", "Statistics"]),
        .target(
            name: "Reviews", dependencies: ["Diagnostics", "Files", "JSON"],
            // The page for labeling answers in a browser.
            resources: [.embedInCode("Page")], swiftSettings: settings),
        tests("Reviews", ["Diagnostics", "JSON"]),
        .systemLibrary(name: "CProcess"),
        library(
            "Programs",
            [
                "Assertions", "CProcess", "Diagnostics", "Evals", "Files", "JSON", "Models",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(
                    name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
            ]),
        tests("Programs", ["Assertions", "Diagnostics", "Evals", "Files", "JSON", "Models"]),
        library("Results", ["Files", "JSON", "Evals", "Diagnostics", "Statistics"]),
        tests("Results", ["Files", "JSON", "Evals", "Diagnostics", "Statistics"]),
        library("Runner", ["Diagnostics", "Files", "Assertions", "Evals", "JSON", "Results"]),
        library("Gates", ["Evals", "Results", "Diagnostics"]),
        tests("Gates", ["Evals", "Results", "Diagnostics", "JSON"]),
        library("Reports", ["XML", "JSON", "Evals", "Results", "Statistics", "Diagnostics"]),
        tests("Reports", ["XML", "JSON", "Files", "Evals", "Results", "Diagnostics"]),
        .executableTarget(
            name: "evalrun",
            dependencies: [
                "Assertions", "Diagnostics", "Evals", "Files", "Gates", "JSON", "Judges", "Models",
                "Programs", "Recordings", "Reports", "Results", "Reviews", "Runner", "Statistics", "Suites",
                "YAML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "AssertionBenchmark",
            dependencies: [
                "Assertions", "Diagnostics", "Evals", "Files", "JSON", "JSONSchema", "Patterns", "Suites",
                "Templates",
            ], path: "Benchmarks/AssertionBenchmark", swiftSettings: settings),
        tests("Runner", ["Assertions", "Evals", "Results", "Diagnostics", "JSON"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "evalrun", "Assertions", "Evals", "Files", "JSON", "Programs", "StubServer", "XML",
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
