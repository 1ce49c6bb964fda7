import { eachWithoutBatches } from "../../../src/rules/queries/each-without-batches.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(eachWithoutBatches, "app/orders.rb", {
  firing: [
    [
      "all rows",
      `def run(items)
  Order.all.each { |order| use(order) }
end`,
      "loads all rows that match",
    ],
    [
      "rows by a condition",
      `def run(items)
  Order.where(open: true).each do |order|
    use(order)
  end
end`,
    ],
    [
      "a module's model",
      `def run(items)
  Shop::Order.where(open: true).each { |order| use(order) }
end`,
    ],
    [
      "an order",
      `def run(items)
  Order.where(open: true).order(:id).each { |order| use(order) }
end`,
    ],
    [
      "what goes with it",
      `def run(items)
  Order.all.includes(:items).each { |order| use(order) }
end`,
    ],
  ],
  silent: [
    [
      "batches",
      `def run(items)
  Order.where(open: true).find_each { |order| use(order) }
end`,
    ],
    [
      "a limit",
      `def run(items)
  Order.where(open: true).limit(10).each { |order| use(order) }
end`,
    ],
    [
      "an array",
      `def run(items)
  items.where(open: true).each { |order| use(order) }
end`,
    ],
    [
      "values only",
      `def run(items)
  Order.where(open: true).pluck(:id).each { |id| use(id) }
end`,
    ],
    [
      "a constant list",
      `def run(items)
  KINDS.all.each { |kind| use(kind) }
end`,
    ],
    [
      "groups",
      `def run(items)
  Order.where(open: true).group(:kind).each { |kind| use(kind) }
end`,
    ],
  ],
});
