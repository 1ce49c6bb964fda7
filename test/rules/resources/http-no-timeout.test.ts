import { describe, expect, it } from "vitest";
import { httpNoTimeout } from "../../../src/rules/resources/http-no-timeout.js";
import { addedFile, checkFiles, describeSourceRule, factsIn } from "../source-cases.js";

describe("how sure it is", () => {
  const severity = async (path: string, code: string) => {
    const [finding] = checkFiles(httpNoTimeout, [addedFile(await factsIn(path, code))]);
    return finding?.severity;
  };

  it.each([
    ["src/orders.ts", 'import { readFile } from "node:fs";\nfetch(url);'],
    ["src/orders.ts", 'import { db } from "../db/client";\nfetch(url);'],
    ["src/orders.ts", "fetch(process.env.HOOK);"],
    ["src/orders.ts", "export async function loader() { return fetch(url); }"],
    ["src/orders.controller.ts", "fetch(url);"],
    ["apps/api/src/orders.ts", "fetch(url);"],
    ["src/orders.py", "requests.get(url)\n"],
  ])("is a warning where something says that a server runs it: %s %s", async (path, code) => {
    expect(await severity(path, code)).toBe("warning");
  });

  it.each([
    ["src/orders.ts", "fetch(url);"],
    ["src/orders.ts", "fetch(process.env.NEXT_PUBLIC_URL);"],
    ["src/lib/api.ts", "fetch(url);"],
    ["src/services/orders.ts", "fetch(url);"],
    ["src/a.go", "package a\n\nfunc f() {\n\treq = req.WithContext(ctx)\n\thttp.DefaultClient.Do(req)\n}"],
    ["src/a.go", "package a\n\nvar c = &http.Client{Transport: t}\n\nfunc f() {\n\treq = req.WithContext(ctx)\n}"],
    ["src/a.go", "package a\n\nvar c = &http.Client{Transport: t}"],
    ["src/a.go", 'package a\n\nimport "connectrpc.com/connect"\n\nvar c = http.Client{}'],
    ["src/a.go", 'package a\n\nimport "github.com/docker/docker/client"\n\nvar c = &http.Client{Transport: t}'],
  ])("is a question where nothing does: %s %s", async (path, code) => {
    expect(await severity(path, code)).toBe("question");
  });
});

describeSourceRule(httpNoTimeout, "src/orders.ts", {
  firing: [
    [
      "fetch without options",
      `async function run(items: Item[]) {
  return fetch(url);
}`,
      "fetch(…) has no time-out",
    ],
    [
      "fetch with other options",
      `async function run(items: Item[]) {
  return fetch(url, { method: 'POST', body });
}`,
    ],
    [
      "axios without options",
      `async function run(items: Item[]) {
  return axios.get(url);
}`,
    ],
    [
      "axios with data only",
      `async function run(items: Item[]) {
  return axios.post(url, data, { headers });
}`,
    ],
    [
      "a client of axios",
      `async function run(items: Item[]) {
  return axios.create({ baseURL });
}`,
    ],
    [
      "axios as a function",
      `async function run(items: Item[]) {
  return axios({ url });
}`,
    ],
  ],
  silent: [
    ["a file that is bundled with the code", `const font = await fetch(new URL("./inter.ttf", import.meta.url));`],
    [
      "a signal",
      `async function run(items: Item[]) {
  return fetch(url, { signal: AbortSignal.timeout(2000) });
}`,
    ],
    [
      "a signal by its name",
      `async function run(items: Item[]) {
  return fetch(url, { method: 'POST', signal });
}`,
    ],
    [
      "options in a variable",
      `async function run(items: Item[]) {
  return fetch(url, options);
}`,
    ],
    [
      "options that are spread",
      `async function run(items: Item[]) {
  return fetch(url, { ...options, method: 'POST' });
}`,
    ],
    [
      "a request",
      `async function run(items: Item[]) {
  return fetch(request);
}`,
    ],
    [
      "a time-out of axios",
      `async function run(items: Item[]) {
  return axios.get(url, { timeout: 2000 });
}`,
    ],
    [
      "fetch of ours",
      `import { fetch } from './http';
async function run(items: Item[]) {
  return fetch(url);
}`,
    ],
    [
      "fetch as a parameter",
      `async function load(fetch: Fetch) {
  return fetch(url);
}`,
    ],
    [
      "an address that only a browser knows",
      `async function run(items: Item[]) {
  return fetch('/api/orders');
}`,
    ],
    [
      "such an address that is put together",
      `async function run(items: Item[]) {
  return fetch(pathOf('/api/orders'), { method: 'POST' });
}`,
    ],
    [
      "cookies of a browser",
      `async function run(items: Item[]) {
  return axios.create({ baseURL, withCredentials: true });
}`,
    ],
    [
      "something else that fetches",
      `async function run(items: Item[]) {
  return orders.fetch(url);
}`,
    ],
  ],
});

describeSourceRule(httpNoTimeout, "src/orders.go", {
  firing: [
    [
      "a get",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	use(response, err)
	return nil
}`,
      "http.Get(…) has no time-out",
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
      "http.Client has no time-out",
    ],
    [
      "a client with a transport",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	client := &http.Client{Transport: transport}
	use(client)
	return nil
}`,
    ],
    [
      "the default client",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.DefaultClient.Do(request)
	use(response, err)
	return nil
}`,
    ],
    [
      "a form",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	http.PostForm(url, form)
	return nil
}`,
    ],
  ],
  silent: [
    [
      "a time-out",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	client := &http.Client{Timeout: 2 * time.Second}
	use(client)
	return nil
}`,
    ],
    [
      "a deadline of the context",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	http.DefaultClient.Do(request)
	return nil
}`,
    ],
    [
      "a client where none was given",
      `package shop

func wrap(client *http.Client) *http.Client {
	if client == nil {
		client = &http.Client{}
	}
	return client
}`,
    ],
    [
      "a client of another package",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	client := &redis.Client{}
	use(client)
	return nil
}`,
    ],
    [
      "a client of its own",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := s.client.Get(url)
	use(response, err)
	return nil
}`,
    ],
    [
      "a server",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	server := &http.Server{}
	use(server)
	return nil
}`,
    ],
  ],
});

describeSourceRule(httpNoTimeout, "src/orders.py", {
  firing: [
    [
      "a get",
      `def run(items):
    return requests.get(url)`,
      "requests.get(…) has no time-out",
    ],
    [
      "a post with data",
      `def run(items):
    return requests.post(url, json=data)`,
    ],
    [
      "the standard library",
      `def run(items):
    return urllib.request.urlopen(url)`,
    ],
    [
      "a mailer",
      `def run(items):
    return smtplib.SMTP(host, port)`,
    ],
    [
      "a socket",
      `def run(items):
    return socket.create_connection((host, port))`,
    ],
    [
      "Redis",
      `def run(items):
    return redis.Redis(host=host)`,
    ],
  ],
  silent: [
    [
      "a time-out",
      `def run(items):
    return requests.get(url, timeout=3)`,
    ],
    [
      "options that are spread",
      `def run(items):
    return requests.get(url, **options)`,
    ],
    [
      "a time-out by its place",
      `def run(items):
    return urlopen(url, None, 3)`,
    ],
    [
      "a time-out of a socket",
      `def run(items):
    return socket.create_connection((host, port), 3)`,
    ],
    [
      "a time-out of Redis",
      `def run(items):
    return redis.Redis(host=host, socket_timeout=3)`,
    ],
    [
      "another thing's get",
      `def run(items):
    return session.get(url)`,
    ],
  ],
});

describeSourceRule(httpNoTimeout, "src/Orders.java", {
  firing: [
    [
      "a template",
      `class Orders {
  void run(List<Item> items) {
    RestTemplate template = new RestTemplate();
  }
}`,
      "RestTemplate has no time-out",
    ],
    [
      "a template that is returned",
      `class Config {
  RestTemplate template() {
    return new RestTemplate();
  }
}`,
    ],
    [
      "a template as a field",
      `class Config {
  private final RestTemplate template = new RestTemplate();
}`,
    ],
    [
      "a template that is handed on",
      `class Orders {
  void run(List<Item> items) {
    use(new RestTemplate());
  }
}`,
    ],
    [
      "a template for one request",
      `class Orders {
  void run(List<Item> items) {
    new RestTemplate().getForObject(URL, String.class);
  }
}`,
    ],
  ],
  silent: [
    [
      "a factory",
      `class Orders {
  void run(List<Item> items) {
    RestTemplate template = new RestTemplate(factory);
  }
}`,
    ],
    [
      "a builder",
      `class Orders {
  void run(List<Item> items) {
    RestTemplate template = builder.setReadTimeout(time).build();
  }
}`,
    ],
    [
      "another template",
      `class Orders {
  void run(List<Item> items) {
    JdbcTemplate template = new JdbcTemplate();
  }
}`,
    ],
    [
      "a request",
      `class Orders {
  void run(List<Item> items) {
    restTemplate.getForObject(URL, String.class);
  }
}`,
    ],
    [
      "a template that is declared only",
      `class Orders {
  void run(List<Item> items) {
    RestTemplate template;
  }
}`,
    ],
  ],
});

describeSourceRule(httpNoTimeout, "app/orders.rb", {
  firing: [
    [
      "a get",
      `def run(items)
  Net::HTTP.get(uri)
end`,
      "has no time-out",
    ],
    [
      "a response",
      `def run(items)
  Net::HTTP.get_response(uri)
end`,
    ],
    [
      "a form",
      `def run(items)
  Net::HTTP.post_form(uri, a: 1)
end`,
    ],
    [
      "a connection",
      `def run(items)
  Net::HTTP.start(uri.host, uri.port) { |http| use(http) }
end`,
    ],
    [
      "a post",
      `def run(items)
  Net::HTTP.post(uri, data)
end`,
    ],
  ],
  silent: [
    [
      "time-outs",
      `def run(items)
  Net::HTTP.start(uri.host, uri.port, open_timeout: 1, read_timeout: 2) { |http| use(http) }
end`,
    ],
    [
      "a client that is set up later",
      `def run(items)
  http = Net::HTTP.new(uri.host)
  http.read_timeout = 2
end`,
    ],
    [
      "a request only",
      `def run(items)
  Net::HTTP::Get.new(uri)
end`,
    ],
    [
      "another client",
      `def run(items)
  client.get(uri)
end`,
    ],
    [
      "a time-out by its name only",
      `def run(items)
  Net::HTTP.start(uri.host, uri.port, read_timeout: 2) { |http| use(http) }
end`,
    ],
  ],
});

describeSourceRule(httpNoTimeout, "src/Orders.cs", {
  firing: [
    [
      "a client",
      `class Orders {
  async Task Run(List<Item> items) {
    var client = new HttpClient();
  }
}`,
      "HttpClient has no time-out",
    ],
    [
      "a client with a using",
      `class Orders {
  async Task Run(List<Item> items) {
    using var client = new HttpClient();
  }
}`,
    ],
    [
      "a client as a field",
      `class Orders {
  private static readonly HttpClient Client = new HttpClient();
}`,
    ],
    [
      "a client that is handed on",
      `class Orders {
  async Task Run(List<Item> items) {
    Use(new HttpClient());
  }
}`,
    ],
    [
      "a client with an address",
      `class Orders {
  async Task Run(List<Item> items) {
    var client = new HttpClient { BaseAddress = address };
  }
}`,
    ],
  ],
  silent: [
    [
      "a time-out",
      `class Orders {
  async Task Run(List<Item> items) {
    var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
  }
}`,
    ],
    [
      "a handler",
      `class Orders {
  async Task Run(List<Item> items) {
    var client = new HttpClient(handler);
  }
}`,
    ],
    [
      "a factory",
      `class Orders {
  async Task Run(List<Item> items) {
    var client = factory.CreateClient();
  }
}`,
    ],
    [
      "another client",
      `class Orders {
  async Task Run(List<Item> items) {
    var client = new SmtpClient();
  }
}`,
    ],
    [
      "a request",
      `class Orders {
  async Task Run(List<Item> items) {
    await client.GetAsync(url);
  }
}`,
    ],
  ],
});

describeSourceRule(httpNoTimeout, "src/orders.php", {
  firing: [
    [
      "a request of curl",
      `<?php
function run(array $items) {
  $curl = curl_init($url);
  curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
  return curl_exec($curl);
}`,
      "curl_exec(…) has no time-out",
    ],
    [
      "one that is kept",
      `<?php
function run(array $items) {
  $body = curl_exec($curl);
  return $body;
}`,
    ],
    [
      "options as an array",
      `<?php
function run(array $items) {
  curl_setopt_array($curl, [CURLOPT_URL => $url]);
  return curl_exec($curl);
}`,
    ],
    [
      "a method",
      `<?php
class Client {
  function get($curl) {
    return curl_exec($curl);
  }
}`,
    ],
    [
      "in a condition",
      `<?php
function run(array $items) {
  if (curl_exec($curl) === false) { return null; }
}`,
    ],
  ],
  silent: [
    [
      "a time-out",
      `<?php
function run(array $items) {
  curl_setopt($curl, CURLOPT_TIMEOUT, 2);
  return curl_exec($curl);
}`,
    ],
    [
      "a time-out in milliseconds",
      `<?php
function run(array $items) {
  curl_setopt($curl, CURLOPT_TIMEOUT_MS, 2000);
  return curl_exec($curl);
}`,
    ],
    [
      "options with a time-out",
      `<?php
function run(array $items) {
  curl_setopt_array($curl, [CURLOPT_URL => $url, CURLOPT_TIMEOUT => 2]);
  return curl_exec($curl);
}`,
    ],
    [
      "no request",
      `<?php
function run(array $items) {
  $curl = curl_init($url);
}`,
    ],
    [
      "another function",
      `<?php
function run(array $items) {
  return exec($command);
}`,
    ],
  ],
});
