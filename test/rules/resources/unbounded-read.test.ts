import { unboundedRead } from "../../../src/rules/resources/unbounded-read.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(unboundedRead, "src/orders.go", {
  firing: [
    [
      "a request's body",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(r.Body)
	use(body, err)
	return nil
}`,
      "io.ReadAll(…) reads all of r.Body",
    ],
    [
      "the old package",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := ioutil.ReadAll(req.Body)
	use(body, err)
	return nil
}`,
    ],
    [
      "a framework's request",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(c.Request.Body)
	use(body, err)
	return nil
}`,
    ],
    [
      "a response's body",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(response.Body)
	use(body, err)
	return nil
}`,
    ],
    [
      "a request of echo",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(c.Request().Body)
	use(body, err)
	return nil
}`,
    ],
  ],
  silent: [
    [
      "a limit",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	use(body, err)
	return nil
}`,
    ],
    [
      "a limit of http",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	use(body, err)
	return nil
}`,
    ],
    [
      "a body that was limited before",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	body, err := io.ReadAll(r.Body)
	use(body, err)
	return nil
}`,
    ],
    [
      "a limited reader by its name",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	limited := io.LimitReader(r.Body, 1<<20)
	body, err := io.ReadAll(limited)
	use(body, err)
	return nil
}`,
    ],
    [
      "a request that goes out",
      `package shop

func (c *HTTPClient) key(req *http.Request) string {
	body, _ := io.ReadAll(req.Body)
	return string(body)
}`,
    ],
    [
      "memory",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	body, err := io.ReadAll(strings.NewReader(text))
	use(body, err)
	return nil
}`,
    ],
    [
      "a file",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	file, err := os.Open(path)
	body, err := io.ReadAll(file)
	use(body, err)
	return nil
}`,
    ],
  ],
});
