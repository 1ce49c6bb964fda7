import { expect, test } from "vitest";
import { routes } from "./reading.js";

test("routes of NestJS stand below their controller's path", async () => {
  const source = `
    @Controller('users')
    export class UsersController {
      @Get(':id') @UseGuards(A)
      find(@Param('id') id) { return this.s.find(id); }
      @Post()
      create() {}
    }
    @Controller({ path: 'orders', version: '1' })
    class OrdersController { @Get(['a', 'b']) both() {} }
    @Controller() class Root { @All('*') any() {} }
  `;
  expect(await routes(source, "typescript")).toEqual(["GET …/users/{}", "POST …/users", "GET …/orders/a", "GET …/orders/b", "* …/{*}"]);
});

test("decorators outside of a controller are none", async () => {
  expect(await routes("class A { @Get('x') find() {} }", "typescript")).toEqual([]);
});
