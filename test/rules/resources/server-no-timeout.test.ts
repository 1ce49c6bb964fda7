import { serverNoTimeout } from "../../../src/rules/resources/server-no-timeout.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(serverNoTimeout, "src/main.go", {
  firing: [
    [
      "no time-out at all",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := &http.Server{Addr: address, Handler: handler}
	use(server)
	return nil
}`,
      "http.Server has neither",
    ],
    [
      "an empty one",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := http.Server{}
	use(server)
	return nil
}`,
    ],
    [
      "a write time-out only",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := &http.Server{WriteTimeout: time.Second}
	use(server)
	return nil
}`,
    ],
    [
      "one that is returned",
      `package shop

func server() *http.Server {
	return &http.Server{Addr: address}
}`,
    ],
    [
      "one in a field",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	s.server = &http.Server{Addr: address}
	return nil
}`,
    ],
  ],
  silent: [
    [
      "a server that is handed on to be completed",
      `package shop

func run() {
	server := graceful.WithDefaults(&http.Server{Addr: addr})
	server.ListenAndServe()
}`,
    ],
    [
      "a time-out of the header",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := &http.Server{ReadHeaderTimeout: time.Second}
	use(server)
	return nil
}`,
    ],
    [
      "a read time-out",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := &http.Server{Addr: address, ReadTimeout: time.Second}
	use(server)
	return nil
}`,
    ],
    [
      "another server",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := &grpc.Server{}
	use(server)
	return nil
}`,
    ],
    [
      "a client",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	client := &http.Client{}
	use(client)
	return nil
}`,
    ],
    [
      "a type",
      `package shop

var server *http.Server`,
    ],
  ],
});
