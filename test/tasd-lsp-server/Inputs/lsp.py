# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A client of the Language Server Protocol: what an editor does, over pipes."""

import json
import subprocess


class Client:
    """A server with the capabilities it announced; `stop` ends it."""

    def __init__(self, command):
        self.server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.requests = 0
        self.notifications = []
        result = self.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.capabilities = result["capabilities"]
        self.notify("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def receive(self):
        """The next message."""
        length = 0
        while (line := self.server.stdout.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if length == 0:
            raise EOFError("expected a message but the server has ended")
        return json.loads(self.server.stdout.read(length))

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params):
        """The result; notifications that come before it are kept."""
        self.requests += 1
        self.send({"id": self.requests, "method": method, "params": params})
        while (message := self.receive()).get("id") != self.requests:
            self.notifications.append(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        return message["result"]

    def wait_for(self, method):
        """The parameters of the next notification of that kind."""
        while True:
            for index, message in enumerate(self.notifications):
                if message["method"] == method:
                    return self.notifications.pop(index)["params"]
            self.notifications.append(self.receive())

    def stop(self):
        """Shuts the server down; its exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        code = self.server.wait(timeout=60)
        self.server.stdin.close()
        self.server.stdout.close()
        return code
