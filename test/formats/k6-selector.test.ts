import { describe, expect, test } from "vitest";
import { select } from "../../src/formats/k6-selector.js";

const endpointOf = (selector: string) => select(`http_req_duration{${selector}}`).endpoint;

describe("the name of a k6 metric", () => {
  test("without braces is the run's total", () => {
    expect(select("http_reqs")).toMatchObject({ family: "http_reqs", endpoint: "*", selector: "", expected: undefined });
  });

  test("the selector of expected responses alone is the total too", () => {
    expect(select("http_req_duration{expected_response:true}")).toMatchObject({ endpoint: "*", selector: "", expected: "true" });
  });

  test.each([
    ["name:/api/cart", "/api/cart"],
    ["name:GET /api/cart", "GET /api/cart"],
    ["name:/api/users/{id}", "/api/users/{id}"],
    ["name:/cart,expected_response:true", "/cart"],
    ["url:http://localhost:3000/api?page=1", "http://localhost:3000/api?page=1"],
    ["group:::checkout::pay", "checkout::pay"],
    ["scenario:browse", "browse"],
    ["method:POST,name:/cart", "POST /cart"],
    [" name : /cart ", "/cart"],
    ["'name':\"/cart\"", "/cart"],
  ])("{%s} is the endpoint %s", (selector, endpoint) => {
    expect(endpointOf(selector)).toBe(endpoint);
  });

  test.each(["type:api", "status:200", "method:GET", "name:/cart,status:200", "name:/cart,scenario:browse"])(
    "{%s} is a name of its own, because it is not all requests of one endpoint",
    (selector) => {
      expect(endpointOf(selector)).toBe(selector);
    },
  );

  test("the order of the tags does not matter", () => {
    expect(select("a{status:200,name:/cart}")).toEqual(select("a{name:/cart,status:200}"));
  });

  test("a brace that is not closed belongs to the name", () => {
    expect(select("http_reqs{name:/cart")).toMatchObject({ family: "http_reqs{name:/cart", endpoint: "*" });
  });
});
