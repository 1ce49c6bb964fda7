import { serviceCallInLoop } from "../../../src/rules/queries/service-call-in-loop.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(serviceCallInLoop, "src/Orders.java", {
  firing: [
    [
      "a service asked for each element",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      Order order = orderService.findById(item.orderId());
      use(order);
    }
  }
}`,
      "orderService.findById(…) runs in each round of for (Item item : items)",
    ],
    [
      "a field's service",
      `class Orders {
  void run(List<Item> items) {
    items.forEach(item -> this.orderService.save(item));
  }
}`,
    ],
    [
      "a service that deletes",
      `class Orders {
  void run(List<Item> items) {
    while (!items.isEmpty()) {
      orderService.deleteOrder(items.remove(0));
    }
  }
}`,
    ],
    [
      "a service in a stream",
      `class Orders {
  void run(List<Item> items) {
    return items.stream().map(item -> userService.loadUser(item.userId())).toList();
  }
}`,
    ],
    [
      "a service that counts",
      `class Orders {
  void run(List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      use(orderService.countByItem(items.get(i)));
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
    var orders = orderService.findByIds(ids);
    for (Order order : orders) use(order);
  }
}`,
    ],
    [
      "the call that is iterated over",
      `class Orders {
  void run(List<Item> items) {
    for (Order order : orderService.findAll()) use(order);
  }
}`,
    ],
    [
      "a service that computes",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      priceService.convert(item);
      orderService.validate(item);
    }
  }
}`,
    ],
    [
      "an executor",
      `class Orders {
  void run(List<Item> items) {
    for (Item item : items) {
      executorService.createTask(item);
    }
  }
}`,
    ],
    [
      "pages",
      `class Orders {
  void run(List<Item> items) {
    for (var page : pages) {
      orderService.saveOrders(page);
    }
  }
}`,
    ],
    [
      "the members of an enum",
      `class Orders {
  void run(List<Item> items) {
    for (Kind kind : Kind.values()) {
      orderService.countByKind(kind);
    }
  }
}`,
    ],
  ],
});
