import { expect, test } from "vitest";
import { routes } from "./reading.js";

test("routes of Flask have the methods that they name, and stand below their blueprint", async () => {
  const source = `
app = Flask(__name__)
bp = Blueprint('x', __name__, url_prefix='/api')
other = Blueprint('y', __name__)
app.register_blueprint(other, url_prefix='/other')

@app.route('/health')
def health(): return 'ok'

@bp.route('/users/<int:id>', methods=['GET', 'POST'])
@login_required
def users(id): return 1

@other.route('/a/<path:rest>')
def a(rest): return 1
`;
  expect(await routes(source, "python")).toEqual(["GET /health", "GET …/api/users/{}", "POST …/api/users/{}", "GET /other/a/{*}"]);
});

test("routes of FastAPI stand below their router, and the router where it is included", async () => {
  const source = `
app = FastAPI()
router = APIRouter(prefix="/items")
@router.get("/{id}", response_model=Item)
async def item(id): pass
@router.post("")
async def add(): pass
app.include_router(router, prefix="/v1")
`;
  expect(await routes(source, "python")).toEqual(["GET /v1/items/{}", "POST /v1/items"]);
});

test.each([
  ["a decorator that is no route", "@mock.patch('a.b')\ndef test(): pass"],
  ["a client's request", "requests.get('/users', timeout=3)"],
  ["a cache", "@cache.get('key')\ndef a(): pass"],
])("%s is none", async (_, source) => {
  expect(await routes(source, "python")).toEqual([]);
});
