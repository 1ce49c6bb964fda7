import { expect, test } from "vitest";
import { routes } from "./reading.js";

test("routes of Rails are verbs and resources, below the blocks that they are in", async () => {
  const source = `
Rails.application.routes.draw do
  resources :users, only: [:index, :show] do
    resources :posts, except: %i[new edit destroy update create show]
    member do
      get :preview
    end
    collection { post 'search' }
    get :late, on: :collection
  end
  get '/health', to: 'h#i'
  namespace :api do
    scope '/v1' do
      constraints(host: 'x') do
        post 'orders/:id/pay' => 'orders#pay'
      end
    end
  end
  resource :profile, only: %i[show update]
  root 'x#y'
  match '/m', via: [:get, :post], to: 'a#b'
end
`;
  expect(await routes(source, "ruby", "config/routes.rb")).toEqual([
    "GET /users",
    "GET /users/{}",
    "GET /users/{}/posts",
    "GET /users/{}/preview",
    "POST /users/search",
    "GET /users/late",
    "GET /health",
    "POST /api/v1/orders/{}/pay",
    "GET /profile",
    "PATCH /profile",
    "GET /",
    "GET /m",
    "POST /m",
  ]);
});

test("other files of Ruby have none", async () => {
  expect(await routes("get '/health', to: 'h#i'", "ruby", "spec/requests/health_spec.rb")).toEqual([]);
});
