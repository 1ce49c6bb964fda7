import { httpCallInLoop } from "../../../src/rules/algorithms/http-call-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(httpCallInLoop, "src/orders.ts", {
  firing: [
    [
      "a request for each element",
      `async function run(items: Item[]) {
  for (const item of items) {
    const response = await fetch(item.url);
    use(response);
  }
}`,
      "fetch(…) runs in each round of for (const item of items)",
    ],
    [
      "axios",
      `async function run(items: Item[]) {
  for (const item of items) {
    await axios.post('/orders', item);
  }
}`,
    ],
    [
      "a callback",
      `async function run(items: Item[]) {
  await Promise.all(items.map(async (item) => {
    await got.get(item.url);
  }));
}`,
    ],
    [
      "axios as a function",
      `async function run(items: Item[]) {
  for (const item of items) await axios({ url: item.url });
}`,
    ],
    [
      "a request by a global",
      `async function run(items: Item[]) {
  while (items.length > 0) await globalThis.fetch(items.pop().url);
}`,
    ],
  ],
  silent: [
    [
      "one request",
      `async function run(items: Item[]) {
  const response = await fetch(url);
  for (const item of items) use(item, response);
}`,
    ],
    [
      "the request that is iterated over",
      `async function run(items: Item[]) {
  for (const item of await fetch(url)) use(item);
}`,
    ],
    [
      "attempts",
      `async function run(items: Item[]) {
  for (let attempt = 0; attempt < retries; attempt++) await fetch(url);
}`,
    ],
    [
      "pages by a token",
      `async function run(items: Item[]) {
  let nextToken;
  while (nextToken) await fetch(url);
}`,
    ],
    [
      "polling",
      `async function run(items: Item[]) {
  while (Date.now() < end) await fetch(url);
}`,
    ],
    [
      "a list that is written down",
      `async function run(items: Item[]) {
  for (const path of ['a', 'b']) await fetch(path);
}`,
    ],
    [
      "something else that fetches",
      `async function run(items: Item[]) {
  for (const item of items) await item.fetch();
}`,
    ],
  ],
});

describeSourceRule(httpCallInLoop, "src/orders.go", {
  firing: [
    [
      "a request for each element",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, url := range urls {
		response, err := http.Get(url)
		use(response, err)
	}
	return nil
}`,
      "http.Get(…) runs in each round of for _, url := range urls",
    ],
    [
      "a client",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, request := range requests {
		response, err := s.client.Do(request)
		use(response, err)
	}
	return nil
}`,
    ],
    [
      "the default client",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, request := range requests {
		http.DefaultClient.Do(request)
	}
	return nil
}`,
    ],
    [
      "a form",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for i := 0; i < len(urls); i++ {
		http.PostForm(urls[i], form)
	}
	return nil
}`,
    ],
    [
      "a client of a name",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, request := range requests {
		httpClient.Do(request)
	}
	return nil
}`,
    ],
  ],
  silent: [
    [
      "one request",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	response, err := http.Get(url)
	use(response, err)
	return nil
}`,
    ],
    [
      "attempts",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for attempt := 0; attempt < max; attempt++ {
		http.Get(url)
	}
	return nil
}`,
    ],
    [
      "an endless loop",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for {
		client.Do(request)
	}
	return nil
}`,
    ],
    [
      "a client of Redis",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		client.Do(ctx, id)
	}
	return nil
}`,
    ],
    [
      "a list that is written down",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, url := range []string{"a", "b"} {
		http.Get(url)
	}
	return nil
}`,
    ],
  ],
});

describeSourceRule(httpCallInLoop, "src/orders.py", {
  firing: [
    [
      "a request for each element",
      `def run(items):
    for item in items:
        requests.get(item.url, timeout=3)`,
      "requests.get(…) runs in each round of for item in items",
    ],
    [
      "another client",
      `def run(items):
    for item in items:
        httpx.post(item.url)`,
    ],
    [
      "the standard library",
      `def run(items):
    for item in items:
        urllib.request.urlopen(item.url)`,
    ],
    [
      "a comprehension",
      `def run(items):
    return [requests.get(url) for url in items]`,
    ],
    [
      "a head",
      `def run(items):
    while items:
        requests.head(items.pop())`,
    ],
  ],
  silent: [
    [
      "one request",
      `def run(items):
    return requests.get(url)`,
    ],
    [
      "pages",
      `def run(items):
    while next_page:
        requests.get(url)`,
    ],
    [
      "attempts",
      `def run(items):
    for attempt in range(5):
        requests.get(url)`,
    ],
    [
      "a dictionary",
      `def run(items):
    for item in items:
        item.get('a')`,
    ],
    [
      "a constant list",
      `def run(items):
    for url in URLS:
        requests.get(url)`,
    ],
  ],
});

describeSourceRule(httpCallInLoop, "app/orders.rb", {
  firing: [
    [
      "a request for each element",
      `def run(items)
  items.each { |item| Net::HTTP.get(item.uri) }
end`,
      "runs in each round of",
    ],
    [
      "Faraday",
      `def run(items)
  items.map { |item| Faraday.post(item.url) }
end`,
    ],
    [
      "HTTP",
      `def run(items)
  items.each do |item|
    HTTP.get(item.url)
  end
end`,
    ],
    [
      "HTTParty",
      `def run(items)
  items.each { |item| HTTParty.get(item.url) }
end`,
    ],
    [
      "a form",
      `def run(items)
  items.each { |item| Net::HTTP.post_form(item.uri, a: 1) }
end`,
    ],
  ],
  silent: [
    [
      "one request",
      `def run(items)
  Net::HTTP.get(uri)
end`,
    ],
    [
      "so many times",
      `def run(items)
  3.times { Net::HTTP.get(uri) }
end`,
    ],
    [
      "a hash",
      `def run(items)
  items.each { |item| item.get(:a) }
end`,
    ],
    [
      "a constant list",
      `def run(items)
  URLS.each { |url| Net::HTTP.get(url) }
end`,
    ],
    [
      "attempts",
      `def run(items)
  while attempts < max
    Net::HTTP.get(uri)
  end
end`,
    ],
  ],
});

describeSourceRule(httpCallInLoop, "src/Orders.java", {
  firing: [
    [
      "a request for each element",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      restTemplate.getForObject(item.url(), String.class);
    }
  }
}`,
      "restTemplate.getForObject(…) runs in each round of",
    ],
    [
      "a post",
      `class Orders {
  void run(List<Item> items) {
    items.forEach(item -> restTemplate.postForEntity(URL, item, String.class));
  }
}`,
    ],
    [
      "an exchange",
      `class Orders {
  void run(List<Item> items) {
    while (!items.isEmpty()) {
      restTemplate.exchange(request, String.class);
    }
  }
}`,
    ],
    [
      "a field",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      this.restTemplate.delete(item.url());
    }
  }
}`,
    ],
    [
      "a template of a name",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      ordersRestTemplate.put(URL, item);
    }
  }
}`,
    ],
  ],
  silent: [
    [
      "one request",
      `class Orders {
  void run(List<Item> items) {
    restTemplate.getForObject(URL, String.class);
  }
}`,
    ],
    [
      "the request that is iterated over",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : restTemplate.getForObject(URL, Item[].class)) use(item);
  }
}`,
    ],
    [
      "the members of an enum",
      `class Orders {
  void run(List<Item> items) {
    for (Kind kind : Kind.values()) {
      restTemplate.delete(kind.url());
    }
  }
}`,
    ],
    [
      "pages",
      `class Orders {
  void run(List<Item> items) {
    do {
      restTemplate.getForObject(url, Page.class);
    } while (more);
  }
}`,
    ],
    [
      "a map",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      names.put(item.id(), item);
    }
  }
}`,
    ],
  ],
});
