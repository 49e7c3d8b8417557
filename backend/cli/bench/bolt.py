"""A Bolt server in a process of its own: `python -m backend.cli.bench.bolt FOLDER BOLT_PORT HTTP_PORT`."""

import sys
import tempfile
import threading

PASSWORD = "support-test"  # noqa: S105  of a server that ends with the test


def serve(folder: str, bolt_port: int, http_port: int) -> None:
    """Serve an empty database in a folder of its own under `folder`, until killed."""
    import arcadedb_embedded  # type: ignore[import-not-found, import-untyped, unused-ignore]  # starts a Java machine

    config = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": bolt_port,
        "http_port": http_port,
    }
    home = tempfile.mkdtemp(dir=folder)  # what was killed leaves its files locked
    server = arcadedb_embedded.create_server(root_path=home, root_password=PASSWORD, config=config)
    server.start()
    server.create_database("neo4j")
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
