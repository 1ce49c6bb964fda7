import { dbCallInLoop } from "../../../src/rules/queries/db-call-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(dbCallInLoop, "src/orders.ts", {
  firing: [
    [
      "a model of Prisma asked for each element",
      `async function run(items: Item[]) {
  for (const item of items) {
    await prisma.order.findMany({ where: { itemId: item.id } });
  }
}`,
      "prisma.order.findMany(…) runs in each round of for (const item of items)",
    ],
    [
      "a repository in a callback of map",
      `async function run(items: Item[]) {
  return Promise.all(items.map(async (item) => await this.userRepository.findOne(item.userId)));
}`,
    ],
    [
      "a promise that map hands on",
      `async function run(items: Item[]) {
  return Promise.all(items.map((item) => prisma.user.findUnique({ where: { id: item.userId } })));
}`,
    ],
    [
      "a query builder over a table",
      `async function run(items: Item[]) {
  for (const item of items) {
    const row = await knex('orders').where({ id: item.id }).first();
    use(row);
  }
}`,
    ],
    [
      "a class that is asked for its records",
      `import { User } from "../models";
async function run(items: Item[]) {
  for (const item of items) {
    const user = await User.findByPk(item.userId);
    use(user);
  }
}`,
    ],
    [
      "a record that is saved",
      `import { Item } from "./models/item";
async function run(items: Item[]) {
  for (const item of items) {
    await item.save();
  }
}`,
    ],
    [
      "a transaction's statement in a while loop over a list",
      `async function run(items: Item[]) {
  while (items.length > 0) {
    await tx.insert(orders).values(items.pop());
  }
}`,
    ],
    [
      "a query in a retry within a loop over data",
      `async function run(items: Item[]) {
  for (const item of items) {
    for (let attempt = 0; attempt < 3; attempt++) {
      await db.query('select 1', [item.id]);
    }
  }
}`,
      "runs in each round of for (const item of items)",
    ],
  ],
  silent: [
    [
      "a class that is no model's, and what is saved without one",
      `async function run(items: Item[]) {
  for (const item of items) {
    await Sandbox.create(item);
    await page.reload();
  }
}`,
    ],
    [
      "statements about the database itself",
      `async function run(items: Item[]) {
  for (const item of items) {
    await prisma.$executeRawUnsafe(\`DROP TABLE \${item}\`);
  }
}`,
    ],
    [
      "one query before the loop",
      `async function run(items: Item[]) {
  const orders = await prisma.order.findMany({ where: { id: { in: items } } });
  for (const order of orders) use(order);
}`,
    ],
    [
      "the query that is iterated over",
      `async function run(items: Item[]) {
  for (const order of await prisma.order.findMany()) use(order);
}`,
    ],
    [
      "a loop over batches",
      `async function run(items: Item[]) {
  for (const batch of batches) {
    await prisma.order.createMany({ data: batch });
  }
}`,
    ],
    [
      "pages until there are no more",
      `async function run(items: Item[]) {
  let hasMore = true;
  while (hasMore) {
    const rows = await prisma.order.findMany({ take: 100, skip: 1 });
    hasMore = rows.length > 0;
  }
}`,
    ],
    [
      "an endless loop",
      `async function run(items: Item[]) {
  for (;;) {
    await db.query('select 1');
  }
}`,
    ],
    [
      "attempts",
      `async function run(items: Item[]) {
  for (let attempt = 0; attempt < retries; attempt++) {
    await db.query('select 1');
  }
}`,
    ],
    [
      "a list that is written down",
      `async function run(items: Item[]) {
  for (const kind of ['a', 'b']) {
    await prisma.order.deleteMany({ where: { kind } });
  }
}`,
    ],
    [
      "a constant list",
      `async function run(items: Item[]) {
  for (const kind of ORDER_KINDS) {
    await prisma.order.deleteMany({ where: { kind } });
  }
}`,
    ],
    [
      "a count up to a constant",
      `async function run(items: Item[]) {
  for (let i = 0; i < 3; i++) {
    await prisma.order.count();
  }
}`,
    ],
    [
      "a cache",
      `async function run(items: Item[]) {
  for (const item of items) {
    await cache.load(item.id);
    await orderCache.findOne(item.id);
  }
}`,
    ],
    [
      "a stream",
      `async function run(items: Item[]) {
  for await (const item of stream) {
    await prisma.order.create({ data: item });
  }
}`,
    ],
    [
      "statements that are sent as one batch",
      `async function run(items: Item[]) {
  await prisma.$transaction(items.map((item) => prisma.order.update({ where: { id: item.id }, data: {} })));
}`,
    ],
    [
      "a function of its own within the loop",
      `async function run(items: Item[]) {
  for (const item of items) {
    item.load = async function load() {
      await prisma.order.findMany();
    };
  }
}`,
    ],
    [
      "a document that is saved",
      `async function run(items: Item[]) {
  for (const item of items) {
    await pdfDoc.save({ incremental: true });
  }
}`,
    ],
    [
      "the way up a tree",
      `async function run(items: Item[]) {
  while (folder.parentId) {
    folder = await prisma.folder.findFirst({ where: { id: folder.parentId } });
  }
}`,
    ],
    [
      "an array that is searched",
      `async function run(items: Item[]) {
  for (const item of items) {
    const found = others.find((other) => other.id === item.id);
    use(found);
  }
}`,
    ],
  ],
});

describeSourceRule(dbCallInLoop, "src/orders.py", {
  firing: [
    [
      "a manager asked for each element",
      `def run(items):
    for item in items:
        order = Order.objects.get(pk=item.order_id)
        use(order)`,
      "Order.objects.get(…) runs in each round of for item in items",
    ],
    [
      "a queryset's count",
      `def run(items):
    for item in items:
        total = Order.objects.filter(item=item).exclude(open=False).count()
        use(total)`,
    ],
    [
      "a comprehension",
      `def run(items):
    return [Order.objects.filter(item=item).first() for item in items]`,
    ],
    [
      "a generator",
      `def run(items):
    return sum(Order.objects.filter(item=i).count() for i in items)`,
    ],
    [
      "a record created",
      `def run(items):
    for item in items:
        Order.objects.create(item=item)`,
    ],
    [
      "a queryset that is gone through in an inner loop",
      `def run(items):
    for item in items:
        for order in Order.objects.filter(item=item):
            use(order)`,
    ],
    [
      "a model behind a module",
      `def run(items):
    while items:
        models.Order.objects.update_or_create(pk=items.pop())`,
    ],
  ],
  silent: [
    [
      "one query for all of them",
      `def run(items):
    for order in Order.objects.filter(item__in=items):
        use(order)`,
    ],
    [
      "the first list of a comprehension",
      `def run(items):
    return [order.id for order in Order.objects.filter(item__in=items)]`,
    ],
    [
      "a queryset that asks for nothing",
      `def run(items):
    for item in items:
        item.orders = Order.objects.none()
        item.all = Order.objects.all()`,
    ],
    [
      "a form's queryset",
      `def run(items):
    for item in items:
        item.field = ModelChoiceField(queryset=Order.objects.filter(item=item))`,
    ],
    [
      "a part of another query",
      `def run(items):
    for item in items:
        item.prefetch = Prefetch('orders', queryset=Order.objects.filter(open=True))`,
    ],
    [
      "a cached look-up",
      `def run(items):
    for item in items:
        item.type = ContentType.objects.get_for_model(item)`,
    ],
    [
      "a bulk call",
      `def run(items):
    for group in items:
        Order.objects.bulk_create(group)`,
    ],
    [
      "a loop over batches",
      `def run(items):
    for batch in batched(items, 500):
        Order.objects.filter(pk__in=batch).delete()`,
    ],
    [
      "a range of a literal",
      `def run(items):
    for day in range(7):
        use(Order.objects.filter(day=day).count())`,
    ],
    [
      "a query for each class of records",
      `def run(items):
    for name, model in items:
        model.objects.filter(open=True).update(open=False)`,
    ],
    [
      "a loop over kinds",
      `def run(items):
    for query_type in query_types:
        use(Order.objects.filter(kind=query_type).count())`,
    ],
    [
      "a tuple",
      `def run(items):
    for kind in ('a', 'b'):
        use(Order.objects.filter(kind=kind).count())`,
    ],
    [
      "a constant",
      `def run(items):
    for kind in Order.KINDS:
        use(Order.objects.filter(kind=kind).count())`,
    ],
    [
      "an endless loop of a worker",
      `def run(items):
    while True:
        use(Order.objects.filter(done=False).first())`,
    ],
    [
      "a function of its own within the loop",
      `def run(items):
    for item in items:
        def load():
            return Order.objects.get(pk=1)
        item.load = load`,
    ],
  ],
});

describeSourceRule(dbCallInLoop, "src/orders.go", {
  firing: [
    [
      "a statement for each element",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		if _, err := db.ExecContext(ctx, query, id); err != nil {
			return err
		}
	}
	return nil
}`,
      "db.ExecContext(…) runs in each round of for _, id := range ids",
    ],
    [
      "a row that is scanned",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		tx.QueryRow(ctx, query, id).Scan(&name)
	}
	return nil
}`,
    ],
    [
      "a repository of any verb",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		user, err := s.userRepository.ByEmail(ctx, id)
		use(user, err)
	}
	return nil
}`,
    ],
    [
      "generated queries",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, order := range orders {
		items, err := s.queries.ListItems(ctx, order.ID)
		use(items, err)
	}
	return nil
}`,
    ],
    [
      "a transaction without a context",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		tx.Exec(query, id)
	}
	return nil
}`,
    ],
    [
      "a store with a request's context",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for i := 0; i < len(ids); i++ {
		store.DeleteOrder(r.Context(), ids[i])
	}
	return nil
}`,
    ],
  ],
  silent: [
    [
      "one query before the loop",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	orders, err := s.queries.ListOrders(ctx, ids)
	for _, order := range orders {
		use(order, err)
	}
	return nil
}`,
    ],
    [
      "the query that is ranged over",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, order := range s.store.ListOrders(ctx) {
		use(order)
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
		db.ExecContext(ctx, query)
	}
	return nil
}`,
    ],
    [
      "a channel's messages",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for message := range messages.Chan() {
		db.ExecContext(ctx, query, message)
	}
	return nil
}`,
    ],
    [
      "a batch of pgx",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, batch := range batches {
		pool.SendBatch(ctx, batch)
	}
	return nil
}`,
    ],
    [
      "attempts",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for attempt := 0; attempt < max; attempt++ {
		db.ExecContext(ctx, query)
	}
	return nil
}`,
    ],
    [
      "a count up to a constant",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for i := 0; i < 3; i++ {
		db.ExecContext(ctx, query)
	}
	return nil
}`,
    ],
    [
      "a list that is written down",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, name := range []string{"a", "b"} {
		db.ExecContext(ctx, query, name)
	}
	return nil
}`,
    ],
    [
      "a client that is no store",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		client.Get(ctx, id)
		cache.Get(ctx, id)
	}
	return nil
}`,
    ],
    [
      "a store's method without a context",
      `package shop

import "net/http"

func run(ctx context.Context) error {
	for _, id := range ids {
		q.Push(id)
	}
	return nil
}`,
    ],
  ],
});

describeSourceRule(dbCallInLoop, "src/Orders.java", {
  firing: [
    [
      "a repository asked for each element",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      Order order = orderRepository.findById(item.orderId());
      use(order);
    }
  }
}`,
      "orderRepository.findById(…) runs in each round of for (Item item : items)",
    ],
    [
      "a field's repository in a callback",
      `class Orders {
  void run(List<Item> items) {
    items.forEach(item -> this.orderRepository.save(item.order()));
  }
}`,
    ],
    [
      "an entity manager",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      entityManager.persist(item);
    }
  }
}`,
    ],
    [
      "a template",
      `class Orders {
  void run(List<Item> items) {
    while (!items.isEmpty()) {
      jdbcTemplate.update(SQL, items.remove(0).id());
    }
  }
}`,
    ],
    [
      "a mapper of MyBatis in a stream",
      `class Orders {
  void run(List<Item> items) {
    return items.stream().map(item -> orderMapper.selectById(item.id())).toList();
  }
}`,
    ],
    [
      "a data access object",
      `class Orders {
  void run(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      orderDao.deleteById(items.get(i).id());
    }
  }
}`,
    ],
  ],
  silent: [
    [
      "all of them at once",
      `class Orders {
  void run(List<Item> items) {
    List<Order> orders = orderRepository.findAllById(ids);
    for (Order order : orders) use(order);
  }
}`,
    ],
    [
      "the query that is iterated over",
      `class Orders {
  void run(List<Item> items) {
    for (Order order : orderRepository.findAll()) use(order);
  }
}`,
    ],
    [
      "a mapper of JSON",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      objectMapper.updateValue(item, item);
    }
  }
}`,
    ],
    [
      "an element whose name begins so",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      item.getOrder();
      emitter.send(item);
    }
  }
}`,
    ],
    [
      "the members of an enum",
      `class Orders {
  void run(List<Item> items) {
    for (Kind kind : Kind.values()) {
      orderRepository.countByKind(kind);
    }
  }
}`,
    ],
    [
      "pages until there are no more",
      `class Orders {
  void run(List<Item> items) {
    do {
      page = orderRepository.findAll(pageable);
    } while (page.hasNext());
  }
}`,
    ],
    [
      "saving many at once",
      `class Orders {
  void run(List<Item> items) {
    for (List<Item> part : parts) {
      orderRepository.saveAll(part);
    }
  }
}`,
    ],
    [
      "attempts",
      `class Orders {
  void run(List<Item> items) {
    for (int attempt = 0; attempt < maxAttempts; attempt++) {
      orderRepository.save(order);
    }
  }
}`,
    ],
  ],
});

describeSourceRule(dbCallInLoop, "app/orders.rb", {
  firing: [
    [
      "a model asked for each element",
      `def run(items)
  items.each do |item|
    order = Order.find(item.order_id)
    use(order)
  end
end`,
      "Order.find(…) runs in each round of",
    ],
    [
      "a condition with a terminal",
      `def run(items)
  items.map { |item| Order.where(item: item).first }
end`,
    ],
    [
      "a record created",
      `def run(items)
  for item in items
    Order.create!(item: item)
  end
end`,
    ],
    [
      "an association's count",
      `def run(items)
  items.each { |item| use(item.orders.where(open: true).count) }
end`,
    ],
    [
      "a module's model",
      `def run(items)
  items.each_with_index do |item, index|
    Shop::Order.find_by(position: index)
  end
end`,
    ],
    [
      "an association plucked",
      `def run(items)
  items.flat_map { |item| item.orders.pluck(:id) }
end`,
    ],
  ],
  silent: [
    [
      "one query for all of them",
      `def run(items)
  Order.where(item: items).each { |order| use(order) }
end`,
    ],
    [
      "a relation that nobody runs",
      `def run(items)
  items.each { |item| scopes << Order.where(item: item) }
end`,
    ],
    [
      "a batch of rows at a time",
      `def run(items)
  items.each_slice(500) { |part| Order.insert_all(part) }
end`,
    ],
    [
      "a constant that is no model",
      `def run(items)
  items.each do |item|
    Time.find(item)
    File.exists?(item)
    Rails.cache.find(item)
  end
end`,
    ],
    [
      "so many times",
      `def run(items)
  3.times { Order.create!(kind: 1) }
end`,
    ],
    [
      "a constant list",
      `def run(items)
  KINDS.each { |kind| Order.where(kind: kind).count }
end`,
    ],
    [
      "a list that is written down",
      `def run(items)
  %w[a b].each { |kind| Order.where(kind: kind).count }
end`,
    ],
    [
      "an array's count",
      `def run(items)
  items.each { |item| use(item.orders.count) }
end`,
    ],
  ],
});

describeSourceRule(dbCallInLoop, "src/Orders.cs", {
  firing: [
    [
      "a set asked for each element",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var item in items) {
      var order = await _context.Orders.FirstOrDefaultAsync(o => o.Id == item.OrderId);
    }
  }
}`,
      "_context.Orders.FirstOrDefaultAsync(…) runs in each round of",
    ],
    [
      "changes saved each time",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var item in items) {
      await dbContext.SaveChangesAsync();
    }
  }
}`,
    ],
    [
      "a chain over a set",
      `class Orders {
  async Task Run(List<Item> items) {
    for (var i = 0; i < items.Count; i++) {
      var found = db.Orders.Where(o => o.Id == i).ToList();
    }
  }
}`,
    ],
    [
      "a repository",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var item in items) {
      await _orderRepository.GetByIdAsync(item.Id);
    }
  }
}`,
    ],
    [
      "a callback of Select",
      `class Orders {
  async Task Run(List<Item> items) {
    var orders = items.Select(item => _context.Orders.Find(item.Id));
  }
}`,
    ],
  ],
  silent: [
    [
      "one query before the loop",
      `class Orders {
  async Task Run(List<Item> items) {
    var orders = await _context.Orders.ToListAsync();
    foreach (var order in orders) Use(order);
  }
}`,
    ],
    [
      "the query that is iterated over",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var order in await _context.Orders.ToListAsync()) Use(order);
  }
}`,
    ],
    [
      "a list's members",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var item in items) {
      var first = item.Lines.First();
      var many = item.Lines.Count();
    }
  }
}`,
    ],
    [
      "the HTTP context",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var item in items) {
      var value = HttpContext.Items.First();
    }
  }
}`,
    ],
    [
      "the members of an enum",
      `class Orders {
  async Task Run(List<Item> items) {
    foreach (var kind in Enum.GetValues(typeof(Kind))) {
      await _context.Orders.CountAsync();
    }
  }
}`,
    ],
    [
      "attempts",
      `class Orders {
  async Task Run(List<Item> items) {
    for (var attempt = 0; attempt < max; attempt++) {
      await _context.SaveChangesAsync();
    }
  }
}`,
    ],
  ],
});

describeSourceRule(dbCallInLoop, "src/orders.php", {
  firing: [
    [
      "a model asked for each element",
      `<?php
function run(array $items) {
  foreach ($items as $item) {
    $order = Order::find($item->order_id);
  }
}`,
      "runs in each round of",
    ],
    [
      "a table asked for each element",
      `<?php
function run(array $items) {
  foreach ($items as $item) {
    $rows = DB::table('orders')->where('id', $item->id)->get();
  }
}`,
    ],
    [
      "a statement of PDO",
      `<?php
function run(array $items) {
  foreach ($items as $item) {
    $stmt->execute([$item]);
  }
}`,
    ],
    [
      "a model's condition",
      `<?php
function run(array $items) {
  foreach ($items as $item) {
    $order = Order::where('id', $item)->first();
  }
}`,
    ],
    [
      "a record that is saved",
      `<?php
function run(array $items) {
  for ($i = 0; $i < count($items); $i++) {
    $items[$i]->save();
    $item->save();
  }
}`,
    ],
  ],
  silent: [
    [
      "one query before the loop",
      `<?php
function run(array $items) {
  $orders = Order::whereIn('id', $items)->get();
  foreach ($orders as $order) { echo $order; }
}`,
    ],
    [
      "the query that is iterated over",
      `<?php
function run(array $items) {
  foreach (Order::where('open', true)->get() as $order) { echo $order; }
}`,
    ],
    [
      "a collection",
      `<?php
function run(array $items) {
  foreach ($items as $item) {
    $first = $item->lines->first();
    $value = Arr::get($item, 'a');
  }
}`,
    ],
    [
      "a list that is written down",
      `<?php
function run(array $items) {
  foreach (['a', 'b'] as $kind) {
    Order::where('kind', $kind)->count();
  }
}`,
    ],
    [
      "chunks",
      `<?php
function run(array $items) {
  foreach (array_chunk($items, 100) as $chunk) {
    DB::table('orders')->insert($chunk);
  }
}`,
    ],
  ],
});
