import { expect, test } from "vitest";
import { routes } from "./reading.js";

test("routes of Django are patterns, and those of a view set two of them", async () => {
  const source = `
urlpatterns = [
    path('orders/<int:pk>/', views.order),
    path('', Index.as_view()),
    re_path(r'^articles/(?P<year>[0-9]{4})/$', archive),
    re_path(r'^odd/\\d+(?:x|y)*$', odd),
    path('api/', include('shop.api.urls')),
]
router.register(r'users', UserViewSet)
`;
  expect(await routes(source, "python", "shop/urls.py")).toEqual(["* …/orders/{}", "* …/", "* …/articles/{}", "* …/users", "* …/users/{}"]);
});

test("path is anybody's word where nothing of Django is there", async () => {
  expect(await routes("path('a', b)", "python", "shop/files.py")).toEqual([]);
  expect(await routes("from django.urls import path\nx = [path('a', b)]", "python", "shop/routing.py")).toEqual(["* …/a"]);
});
