import { expect, test } from "vitest";
import { routes } from "./reading.js";

test("routes of Spring stand below the mapping of their class, on either side of its other annotations", async () => {
  const source = `
@RestController
@RequestMapping("/api/orders")
class OrdersController {
  @GetMapping("/{id}") Order get(@PathVariable Long id) { return s.find(id); }
  @PostMapping Order add() { return null; }
  @RequestMapping(value = "/x", method = RequestMethod.PUT) void x() {}
  @GetMapping({"/a", "/b"}) void y() {}
}
@RequestMapping(path = "/u")
@Controller
class UsersController { @DeleteMapping("/{id}") void drop() {} }
@RestController
class Root { @RequestMapping("/any") void any() {} }
`;
  expect(await routes(source, "java")).toEqual([
    "GET …/api/orders/{}",
    "POST …/api/orders",
    "PUT …/api/orders/x",
    "GET …/api/orders/a",
    "GET …/api/orders/b",
    "DELETE …/u/{}",
    "* …/any",
  ]);
});

test("a client that is declared with the same annotations answers nothing", async () => {
  expect(await routes('@FeignClient("a") interface A { @GetMapping("/x") String x(); }', "java")).toEqual([]);
});
