import { describe, expect, it } from "vitest";
import { routes } from "./reading.js";

const go = (body: string) => routes(`package a\nfunc main() {\n${body}\n}`, "go");

describe("routes of Go", () => {
  it("of net/http are patterns with a method or without", async () => {
    expect(
      await go(`
        mux := http.NewServeMux()
        mux.HandleFunc("GET /orders/{id}", h)
        mux.HandleFunc("example.com/static/", h)
        mux.HandleFunc("/{$}", h)
        http.Handle("/x", H{})
        http.HandleFunc("POST /files/{path...}", func(w http.ResponseWriter, r *http.Request) {})
      `),
    ).toEqual(["GET /orders/{}", "* /static", "* /", "* /x", "POST /files/{*}"]);
  });

  it("of chi stand below the block that they are in", async () => {
    expect(
      await go(`
        r := chi.NewRouter()
        r.Get("/users/{id}", h)
        r.Route("/api", func(r chi.Router) {
          r.Post("/x", h)
          r.Route("/deep", func(r chi.Router) { r.Method("PUT", "/y", h) })
        })
        sub := chi.NewRouter()
        sub.Get("/z", h)
        r.Mount("/sub", sub)
      `),
    ).toEqual(["GET /users/{}", "POST /api/x", "PUT /api/deep/y", "GET /sub/z"]);
  });

  it("of gin, echo and gorilla stand below their group", async () => {
    expect(
      await go(`
        e := echo.New()
        g := e.Group("/v1")
        g.GET("/y/:id", h)
        router := gin.Default()
        { v2 := router.Group("/v2"); v2.POST("/z", func(c *gin.Context) { c.JSON(1) }) }
        m := mux.NewRouter()
        s := m.PathPrefix("/api").Subrouter()
        s.HandleFunc("/q", h).Methods("GET", "POST")
      `),
    ).toEqual(["GET …/v1/y/{}", "POST /v2/z", "GET /api/q", "POST /api/q"]);
  });

  it("are none of a file with more calls than anybody writes", async () => {
    const registered = (times: number) => go(`r := chi.NewRouter()\n${'r.Get("/a", h)\n'.repeat(times)}`);
    expect(await registered(4_000)).toEqual(["GET /a"]);
    expect(await registered(5_001)).toEqual([]);
  });

  it("are the end of a path where the router was given", async () => {
    expect(await routes('package a\nfunc Routes(r chi.Router) { r.Get("/users", list) }', "go")).toEqual(["GET …/users"]);
  });

  it.each([
    ["a client's request", 'resp, err := http.Get("https://a.example/x")'],
    ["a client of one's own", 'c.Get(ctx, "/users")'],
    ["a request with a body", 'http.Post("https://a.example/x", "application/json", body)'],
    ["a map's entry", 'm.Add("key", value)'],
  ])("are not read from %s", async (_, body) => {
    expect(await go(body)).toEqual([]);
  });
});
