"""A Bolt server in a process of its own: `python -m tests.graph.bolt_server FOLDER BOLT_PORT HTTP_PORT`."""

import sys
import threading

PASSWORD = "support-test"


def serve(folder: str, bolt_port: int, http_port: int) -> None:
    import arcadedb_embedded  # starts a Java machine: only here, in the child process

    config = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": bolt_port,
        "http_port": http_port,
    }
    server = arcadedb_embedded.create_server(root_path=folder, root_password=PASSWORD, config=config)
    server.start()
    server.create_database("neo4j")
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
