// Node's permission model refuses files, processes and workers, but not the network. Imported first, this takes the
// network from everything that is loaded after it.
import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

function refuse(): never {
  throw new Error("this process has no network");
}

const replace = (owner: object, names: readonly string[]): void => {
  for (const name of names) {
    if (name in owner) Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false });
  }
};

const functionsOf = (owner: object): readonly string[] =>
  Object.keys(owner).filter((name) => typeof Reflect.get(owner, name) === "function" && !/^[A-Z]/.test(name));

// The parent's messages come through a pipe that is open already: neither of these is needed for it.
replace(net.Socket.prototype, ["connect"]);
replace(net.Server.prototype, ["listen"]);
replace(dgram.Socket.prototype, ["bind", "connect", "send"]);
for (const builtin of [net, tls, dgram, dns, dns.promises, http, https, http2]) replace(builtin, functionsOf(builtin));
replace(dns.Resolver.prototype, functionsOf(dns.Resolver.prototype));
replace(globalThis, ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]);
// The doors behind which the same things stand once more.
replace(process, ["binding", "dlopen", "_linkedBinding", "kill", "_debugProcess"]);
syncBuiltinESMExports();
