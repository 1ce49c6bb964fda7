import { describe, expect, it } from "vitest";
import { routes } from "./reading.js";

const ts = (source: string) => routes(source, "typescript");

describe("routes of Express, Koa, Fastify and Hono", () => {
  it("are read from the methods of an application, whatever stands between path and handler", async () => {
    expect(
      await ts(`
        const app = express();
        app.get('/users/:id', auth, async (req, res) => { res.json(await db.find(req.params.id)); });
        app.post("/users", create);
        app.all('/any', controller.any);
        app.delete(\`/users/:id\`, remove());
      `),
    ).toEqual(["GET /users/{}", "POST /users", "* /any", "DELETE /users/{}"]);
  });

  it("stand below the path where their router is mounted in the same file", async () => {
    expect(
      await ts(`
        const app = express();
        const api = express.Router();
        const users = Router();
        app.use('/api', logged, api);
        api.use('/users', users);
        users.get('/:id', show);
      `),
    ).toEqual(["GET /api/users/{}"]);
  });

  it("are the end of a path where the router is mounted elsewhere, or was given", async () => {
    expect(await ts("const router = Router(); router.get('/users', list);")).toEqual(["GET …/users"]);
    expect(await ts("export default function (app) { app.get('/users', list); }")).toEqual(["GET …/users"]);
  });

  it("are chained behind a path", async () => {
    expect(await ts("const app = express(); app.route('/x').get(h).post(auth, h2);")).toEqual(["POST /x", "GET /x"]);
  });

  it("are objects of Fastify, and stand below the prefix of their plugin", async () => {
    expect(
      await ts(`
        const fastify = Fastify();
        fastify.route({ method: 'PUT', url: '/a/:b', handler });
        fastify.register(async (instance) => { instance.get('/inside', h); }, { prefix: '/v1' });
        async function orders(app) { app.post('/orders', h); }
        fastify.register(orders, { prefix: '/v2' });
        fastify.get('/opts', { schema }, h);
      `),
    ).toEqual(["PUT /a/{}", "GET /v1/inside", "POST /v2/orders", "GET /opts"]);
  });

  it("are read from a chain of Hono's, with its base path and its mounts", async () => {
    expect(
      await ts(`
        const sub = new Hono().basePath('/v1').get('/a', h).get('/b', h);
        sub.post('/c', h);
        const app = new Hono();
        app.route('/sub', sub);
        app.get('/d', (c) => c.text('d'));
      `),
    ).toEqual(expect.arrayContaining(["GET …/v1/a", "GET …/v1/b", "GET …/d"]));
  });

  it("stand below the prefix of Koa's router", async () => {
    expect(await ts("const router = new Router({ prefix: '/k' }); router.get('/x', (ctx) => { ctx.body = 1; });")).toEqual(["GET …/k/x"]);
  });

  it.each([
    ["a client's request", "const users = await axios.get('/users', config);"],
    ["a request without a handler", "app.get('/users');"],
    ["a request of a test", "await request(app).get('/users').expect(200);"],
    ["a client with a body", "api.post('/users', body);"],
    ["a setting", "app.get('env');"],
    ["a map's entry", "cache.get('/users', fallback);"],
    ["a mock", "nock('http://a').get('/users').reply(200);"],
    ["a handler of a mocked server", "http.get('/users', () => HttpResponse.json([]));"],
  ])("are not read from %s", async (_, source) => {
    expect(await ts(source)).toEqual([]);
  });
});
