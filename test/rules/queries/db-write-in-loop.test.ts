import { dbWriteInLoop } from "../../../src/rules/queries/db-write-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(dbWriteInLoop, "src/orders.py", {
  firing: [
    [
      "a record saved each time",
      `def run(items):
    for order in items:
        order.save()`,
      "order.save() runs in each round of for order in items",
    ],
    [
      "a record saved with its fields named",
      `def run(items):
    for order in items:
        order.save(update_fields=['status'])`,
    ],
    [
      "a record deleted",
      `def run(items):
    for order in items:
        order.delete()`,
    ],
    [
      "a record read again",
      `def run(items):
    while items:
        order = items.pop()
        order.refresh_from_db()`,
    ],
    [
      "a record of a record",
      `def run(items):
    for order in items:
        order.customer.save()`,
    ],
    [
      "a record saved in a comprehension",
      `def run(items):
    return [order.save() for order in items]`,
    ],
  ],
  silent: [
    [
      "one statement for all",
      `def run(items):
    Order.objects.filter(pk__in=items).update(status='sent')`,
    ],
    [
      "a record saved once",
      `def run(items):
    order.save()`,
    ],
    [
      "an image saved under a name",
      `def run(items):
    for thumb in items:
        picture.save(path)`,
    ],
    [
      "a form",
      `def run(items):
    for form in items:
        form.save()`,
    ],
    [
      "a serializer",
      `def run(items):
    for data in items:
        order_serializer.save()`,
    ],
    [
      "a workbook",
      `def run(items):
    for data in items:
        workbook.save(path)`,
    ],
    [
      "a loop over batches",
      `def run(items):
    for batch in batches:
        batch.record.save()`,
    ],
    [
      "a constant list",
      `def run(items):
    for kind in KINDS:
        record.save()`,
    ],
    [
      "the object itself",
      `def run(items):
    for item in items:
        self.save()`,
    ],
    [
      "attempts",
      `def run(items):
    for attempt in range(retries):
        order.save()`,
    ],
  ],
});

describeSourceRule(dbWriteInLoop, "app/orders.rb", {
  firing: [
    [
      "a record updated each time",
      `def run(items)
  items.each { |order| order.update!(status: 1) }
end`,
      "order.update!(…) runs in each round of",
    ],
    [
      "a record saved",
      `def run(items)
  items.each do |order|
    order.save!
  end
end`,
    ],
    [
      "a column",
      `def run(items)
  items.each { |order| order.update_columns(status: 1) }
end`,
    ],
    [
      "a record destroyed",
      `def run(items)
  for order in items
    order.destroy!
  end
end`,
    ],
    [
      "an instance variable touched",
      `def run(items)
  items.each { |item| @order.touch }
end`,
    ],
    [
      "a record read again",
      `def run(items)
  items.each { |order| order.reload }
end`,
    ],
  ],
  silent: [
    [
      "one statement for all",
      `def run(items)
  Order.where(id: items).update_all(status: 1)
end`,
    ],
    [
      "a record updated once",
      `def run(items)
  order.update!(status: 1)
end`,
    ],
    [
      "a digest",
      `def run(items)
  items.each { |item| digest.update!(item) }
end`,
    ],
    [
      "slices",
      `def run(items)
  items.each_slice(100) { |part| record.touch }
end`,
    ],
    [
      "so many times",
      `def run(items)
  3.times { order.save! }
end`,
    ],
    [
      "a constant list",
      `def run(items)
  KINDS.each { |kind| order.save! }
end`,
    ],
    [
      "the object itself",
      `def run(items)
  items.each { |item| self.save! }
end`,
    ],
  ],
});
