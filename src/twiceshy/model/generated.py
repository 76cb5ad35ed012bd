"""Files that nobody here wrote by hand: what tools make and what is brought in from elsewhere.

The usual names, after what GitHub's Linguist leaves out of statistics (https://github.com/github-linguist/linguist,
`vendor.yml` and `generated.rb`); a repository's own `linguist-generated` and `linguist-vendored` go before them.
"""

from __future__ import annotations

GENERATED = (
    *("node_modules/", "vendor/", "vendored/", "third_party/", "third-party/", "external/", "bower_components/"),
    *("_vendor/", "thirdparty/", "deps/", "bundled/", "dist/", "__snapshots__/", "testdata/golden/"),
    *("*.min.js", "*.min.css", "*.bundle.js", "*.map", "*.snap", "*.lock", "go.sum", "package-lock.json"),
    *("npm-shrinkwrap.json", "pnpm-lock.yaml", "*.pb.go", "*.pb.cc", "*.pb.h", "*_pb2.py", "*_pb2_grpc.py"),
    *("*.generated.*", "*_generated.*", "*.g.dart", "*.designer.cs", "*.pbxproj", "configure", "Makefile.in"),
)
"""Globs as `model/glob.py` reads them."""
