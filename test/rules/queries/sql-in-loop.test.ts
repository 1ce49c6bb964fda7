import { sqlInLoop } from "../../../src/rules/queries/sql-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(sqlInLoop, "src/orders.py", {
  firing: [
    [
      "a statement for each element",
      `def run(items):
    for item in items:
        cursor.execute('UPDATE t SET a = 1 WHERE id = %s', (item,))`,
      "cursor.execute(…) runs in each round of for item in items",
    ],
    [
      "a session",
      `def run(items):
    for item in items:
        row = session.execute(select(Order))
        use(row)`,
    ],
    [
      "a query of a session, with what follows",
      `def run(items):
    for item in items:
        order = self.session.query(Order).filter_by(id=item).first()
        use(order)`,
    ],
    [
      "a connection's rows",
      `def run(items):
    return [conn.fetchrow('select 1', item) for item in items]`,
    ],
    [
      "a connection",
      `def run(items):
    while items:
        connection.execute(SQL, items.pop())`,
    ],
    [
      "scalars",
      `def run(items):
    for item in items:
        use(db_session.scalars(select(Order)))`,
    ],
  ],
  silent: [
    [
      "one statement",
      `def run(items):
    cursor.execute('UPDATE t SET a = 1 WHERE id = ANY(%s)', (items,))`,
    ],
    [
      "a cursor's rows",
      `def run(items):
    cursor.execute('select 1')
    while row:
        row = cursor.fetchone()`,
    ],
    [
      "many at once",
      `def run(items):
    for group in items:
        cursor.executemany(SQL, group)`,
    ],
    [
      "a loop over chunks",
      `def run(items):
    for chunk in chunks(items, 500):
        cursor.execute(SQL, (chunk,))`,
    ],
    [
      "something else that executes",
      `def run(items):
    for item in items:
        executor.execute(item)
        task.execute()`,
    ],
    [
      "a session of HTTP",
      `def run(items):
    for item in items:
        session.get(item)
        session.fetch(item)`,
    ],
    [
      "a constant list",
      `def run(items):
    for table in TABLES:
        cursor.execute(SQL)`,
    ],
  ],
});

describeSourceRule(sqlInLoop, "src/Orders.java", {
  firing: [
    [
      "a statement executed each time",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      statement.executeUpdate();
    }
  }
}`,
      "statement.executeUpdate() runs in each round of for (Item item : items)",
    ],
    [
      "a statement prepared each time",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      var statement = connection.prepareStatement(SQL);
      use(statement);
    }
  }
}`,
    ],
    [
      "a connection each time",
      `class Orders {
  void run(List<Item> items) {
    items.forEach(item -> dataSource.getConnection());
  }
}`,
    ],
    [
      "a query",
      `class Orders {
  void run(List<Item> items) {
    while (!items.isEmpty()) {
      var rows = statement.executeQuery(SQL);
      use(rows);
    }
  }
}`,
    ],
    [
      "a query of an entity manager",
      `class Orders {
  void run(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      var query = manager.createNativeQuery(SQL);
      use(query);
    }
  }
}`,
    ],
  ],
  silent: [
    [
      "a batch",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      statement.setLong(1, item.id());
      statement.addBatch();
    }
    statement.executeBatch();
  }
}`,
    ],
    [
      "one statement",
      `class Orders {
  void run(List<Item> items) {
    var rows = statement.executeQuery(SQL);
    while (rows.next()) use(rows);
  }
}`,
    ],
    [
      "pages",
      `class Orders {
  void run(List<Item> items) {
    while (hasNext) {
      var rows = statement.executeQuery(SQL);
      use(rows);
    }
  }
}`,
    ],
    [
      "attempts",
      `class Orders {
  void run(List<Item> items) {
    for (int attempt = 0; attempt < 5; attempt++) {
      statement.executeUpdate();
    }
  }
}`,
    ],
    [
      "the members of an enum",
      `class Orders {
  void run(List<Item> items) {
    for (Kind kind : Kind.values()) {
      statement.executeUpdate();
    }
  }
}`,
    ],
  ],
});
