import { responseBodyNotClosed } from "../../../src/rules/resources/response-body-not-closed.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(responseBodyNotClosed, "src/orders.go", {
  firing: [
    [
      "a get",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	use(response.StatusCode, err)
	return nil
}`,
      "The body of what http.Get(…) returns is not closed",
    ],
    [
      "a client",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := s.client.Do(request)
	if response.StatusCode == 200 {
		return err
	}
	return nil
}`,
    ],
    [
      "a body that is read only",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := client.Do(request)
	body, err := io.ReadAll(response.Body)
	use(body, err)
	return nil
}`,
    ],
    [
      "a response that nobody wants",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	_, err := http.Post(url, kind, body)
	use(err)
	return nil
}`,
    ],
    [
      "the default client",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.DefaultClient.Do(request)
	log.Println(response.Status, err)
	return nil
}`,
    ],
  ],
  silent: [
    [
      "a deferred close",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	defer response.Body.Close()
	use(err)
	return nil
}`,
    ],
    [
      "a close",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	_ = response.Body.Close()
	use(err)
	return nil
}`,
    ],
    [
      "a closure",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	defer func() {
		_ = response.Body.Close()
	}()
	use(err)
	return nil
}`,
    ],
    [
      "a closure that is given the body",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	defer func(body io.ReadCloser) {
		_ = body.Close()
	}(response.Body)
	use(err)
	return nil
}`,
    ],
    [
      "a function that closes it",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	defer closeBody(response.Body)
	use(err)
	return nil
}`,
    ],
    [
      "a response that is returned",
      `package shop

import "net/http"

func get() (*http.Response, error) {
	response, err := http.Get(url)
	return response, err
}`,
    ],
    [
      "a response that is handed on",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	use(decode(response), err)
	return nil
}`,
    ],
    [
      "a client of Redis",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	value, err := client.Do(ctx, command)
	use(value, err)
	return nil
}`,
    ],
  ],
});
