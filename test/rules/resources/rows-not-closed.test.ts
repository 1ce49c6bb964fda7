import { rowsNotClosed } from "../../../src/rules/resources/rows-not-closed.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(rowsNotClosed, "src/orders.go", {
  firing: [
    [
      "rows that are gone through",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := db.Query(query)
	for rows.Next() {
		rows.Scan(&id)
	}
	use(err)
	return nil
}`,
      "The rows of db.Query(…) are not closed",
    ],
    [
      "a context",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, query)
	use(rows.Next(), err)
	return nil
}`,
    ],
    [
      "a transaction",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := tx.Query(query)
	use(rows.Err(), err)
	return nil
}`,
    ],
    [
      "sqlx",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := db.Queryx(query)
	use(rows.Next(), err)
	return nil
}`,
    ],
    [
      "a pool",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := pool.Query(ctx, query)
	use(rows.Next(), err)
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
	rows, err := db.Query(query)
	defer rows.Close()
	use(err)
	return nil
}`,
    ],
    [
      "a close",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := db.Query(query)
	rows.Close()
	use(err)
	return nil
}`,
    ],
    [
      "rows that are returned",
      `package shop

func all() (*sql.Rows, error) {
	rows, err := db.Query(query)
	return rows, err
}`,
    ],
    [
      "rows that are handed on",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	rows, err := db.Query(query)
	use(scanAll(rows), err)
	return nil
}`,
    ],
    [
      "one row",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	row := db.QueryRow(query)
	row.Scan(&id)
	return nil
}`,
    ],
    [
      "something else that is asked",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	answer, err := resolver.Query(name)
	use(answer.First(), err)
	return nil
}`,
    ],
  ],
});
