import type { Language } from "../../model/source.js";
import { type Names, names } from "./names.js";

/** What one language's code calls a database, and what it asks of one. A new library costs a word. */
export interface StoreNames {
  /** Variables, fields and parameters that are a database client, a transaction, a repository. */
  readonly holders: Names;
  /** Methods that send a query. */
  readonly verbs: Names;
}

const SCRIPT: StoreNames = {
  holders: names(
    `prisma db knex sequelize trx tx transaction repo *Repo *repo repository *Repository repositories model *Model collection *Collection
     pool conn connection *Connection redis queryBuilder *QueryBuilder manager entityManager em kysely drizzle database mongoose qb *Dao dao`,
  ),
  verbs: names(
    `find* query query* execute execute* insert insertOne insertInto update updateOne updateMany updateMany* upsert upsert* delete deleteOne
     deleteMany deleteAll destroy save create createOne count countBy count* aggregate groupBy reload raw load
     getOne getOneOrFail getMany getManyAndCount getRaw* exists existsBy softDelete softRemove restore remove increment decrement
     select selectFrom updateTable deleteFrom from where first`,
  ),
};

/** In Go a database's method takes a context; these verbs are asked of the first list of holders, every verb of the second. */
export const GO_CLIENTS = names(
  "db DB tx Tx pool Pool conn Conn queries q store repo repos repov* Repo repository persister pgx *DB *Db *Tx *Pool *Conn dbtx sess session",
);
export const GO_CLIENT_VERBS = names(
  "Query* Exec* Get* Find* List* Create* Update* Delete* Insert* Upsert* Select* Save Save* First Count",
);
export const GO_REPOSITORIES = names(
  "repo *Repo *repo repository *Repository queries Queries *Queries store Store *Store *store persister Persister *Persister",
);
/** Of the plain clients these send a query with or without a context. */
export const GO_SQL_CLIENTS = names("db DB tx Tx *DB *Db *Tx");
export const GO_SQL_VERBS = names("Query QueryRow Exec Queryx QueryRowx NamedExec NamedQuery QueryContext QueryRowContext ExecContext");

const JAVA: StoreNames = {
  holders: names("repository *Repository repo *Repo dao *Dao *DAO mapper *Mapper jdbcTemplate *JdbcTemplate entityManager em session"),
  verbs: names(
    "find* get* save* delete* remove* update* insert* count* exists* query* execute* persist* merge* load* upsert* batch* select*",
  ),
};
export const JAVA_NOT_STORES = names(
  "objectMapper *ObjectMapper jsonMapper *JsonMapper modelMapper xmlMapper yamlMapper *ViewMapper *DtoMapper *DTOMapper",
);

/** Methods of a relation that run it; without one it is a query that nobody asked for yet. */
export const RUBY_TERMINALS = names(
  `first first! last last! find find! find_by find_by! find_sole_by exists? any? none? count sum average minimum maximum pluck pick ids to_a
   load create create! find_or_create_by find_or_create_by! find_or_initialize_by first_or_create first_or_create! update_all delete_all
   destroy_all delete_by destroy_by take take! insert insert! upsert sole find_by_sql update update! size`,
);
export const RUBY_QUERIES = names(
  `where find find! find_by find_by! find_sole_by pluck pick exists? joins order count sum create create! find_or_create_by
   find_or_create_by! find_or_initialize_by first_or_create insert upsert find_by_sql take first last delete_by destroy_by`,
);
/** On an association these tell it from an array. */
export const RUBY_RELATION_METHODS = names(
  "where find_by find_by! pluck exists? update_all joins find_or_create_by find_or_create_by! delete_all",
);
/** Constants that are no model. */
export const RUBY_NOT_MODELS = names(
  `Time Date DateTime Hash Array Set File Dir FileUtils Pathname IO JSON YAML ENV Rails Digest OpenSSL URI Process Logger Math Random
   SecureRandom Struct OpenStruct String Integer Float Regexp Object Class Module Kernel Thread Mutex Queue Comparable Enumerable Base64 CSV
   Nokogiri Redis Sidekiq ActiveSupport ActiveRecord Arel I18n Net HTTP Faraday Benchmark Zlib GC Gem Bundler RSpec Factory FactoryBot
   *Service *Job *Worker *Mailer *Serializer *Helper *Factory *Builder *Client *Presenter *Policy *Form *Cache *Config *Error *Logger *Parser`,
);

const SHARP: StoreNames = {
  holders: names(
    "context _context db dbContext *DbContext *Context dbSet *Repository repository unitOfWork *UnitOfWork connection *Connection",
  ),
  verbs: names(
    `ToList ToListAsync ToArray ToArrayAsync ToDictionaryAsync First FirstAsync FirstOrDefault FirstOrDefaultAsync Single SingleAsync
     SingleOrDefault SingleOrDefaultAsync Count CountAsync LongCountAsync Any AnyAsync AllAsync Find FindAsync SaveChanges SaveChangesAsync
     SumAsync MaxAsync MinAsync ExecuteUpdateAsync ExecuteDeleteAsync ExecuteSqlRaw* ExecuteSqlInterpolated* Query* QueryAsync ExecuteAsync
     ExecuteScalarAsync Get*Async Add*Async Update*Async Delete*Async Save*Async`,
  ),
};
export const SHARP_NOT_STORES = names(
  "httpContext HttpContext *HttpContext SynchronizationContext *SynchronizationContext logContext validationContext",
);

const PHP: StoreNames = {
  holders: names("pdo db database conn connection stmt statement em entityManager *Repository repository repo mysqli"),
  verbs: names(
    "query execute exec prepare find findBy findOneBy findAll persist flush save fetch fetchAll fetchOne fetchAssociative executeQuery executeStatement",
  ),
};
export const PHP_QUERIES = names(
  "get first firstOrFail find findOrFail findMany pluck count exists sum max min all create updateOrCreate firstOrCreate update delete insert value paginate",
);
export const PHP_BUILDERS = names("where whereIn query table with select join orderBy whereHas latest newQuery firstWhere *Where");
export const PHP_NOT_MODELS = names(
  "Arr Str Carbon Log Cache Config Http Storage File Route View Session Cookie Hash Crypt Collection Date DateTime Validator Response Request Event Queue Mail Redis",
);

/** Languages in which a holder and a verb are all there is to it. */
export const stores: Readonly<Partial<Record<Language, StoreNames>>> = {
  typescript: SCRIPT,
  tsx: SCRIPT,
  javascript: SCRIPT,
  java: JAVA,
  "c-sharp": SHARP,
  php: PHP,
};

/** Names in JavaScript and its heirs that hold no database, whatever they are asked. */
export const SCRIPT_NOT_STORES = names(
  `cache *Cache Map Set WeakMap Promise Math JSON Object Array Number String Date Buffer Reflect Symbol Intl Atomics Response Request
   URL URLSearchParams Error console logger log localStorage sessionStorage queryClient *Loader loader *Service *Client *Api *API *Util *Utils
   *Helper *Helpers *Factory *Builder *Manager *Provider *Controller *Handler *Queue *Job *Worker *Logger *Emitter *Store`,
);
/** Verbs that only records have. */
export const SCRIPT_RECORD_VERBS = names("save destroy reload");
/** ORMs whose classes and records are asked by themselves. */
export const SCRIPT_ORMS =
  /^(?:mongoose|sequelize|sequelize-typescript|typeorm|objection|bookshelf|waterline|@nestjs\/(?:typeorm|mongoose|sequelize)|@mikro-orm\/[\w-]+|@adonisjs\/lucid|@typegoose\/[\w-]+)(?:\/|$)/;
/** Words in the path of a module that holds models. */
export const SCRIPT_MODELS = names("model models entity entities orm db database knex");
/** Documents and pictures that are saved without a database. */
export const SCRIPT_NOT_RECORDS = names(
  "doc *Doc pdf *Pdf *PDF workbook *Workbook image *Image canvas file *File form *Form sharp session *Session context ctx",
);
/** A function that is asked for a table: `knex('orders')`, `db('orders')`. */
export const SCRIPT_TABLE_FUNCTIONS = names("knex trx db tx");
/** What sends many statements at once: `prisma.$transaction([…])` is one round trip for each of them, but one transaction by design. */
export const SCRIPT_BATCHES = names("$transaction transaction batch pipeline multi");
/** Look-ups that are cached by their library: no query for each round. */
export const CACHED_LOOKUPS = names("ContentType Site Permission");
/** What takes a query as a part of another one. */
export const DJANGO_COMPOSING = names("Prefetch Subquery Exists OuterRef Q Case When Coalesce union intersection difference");
/** Methods that add to a queryset and run nothing. */
export const DJANGO_LAZY = names(
  "all filter exclude only defer order_by annotate select_related prefetch_related values values_list distinct using reverse",
);
/** Functions that go through what they are given. */
export const PYTHON_ASKING = names(
  "list len bool set frozenset tuple dict sorted sum max min any all enumerate iter next zip map filter reversed join extend update print str repr",
);
/** Words of records that say what was done: each of them is wanted. */
export const JOURNALS = names("audit audits log logs journal history");
/** One statement for many records. */
export const BULK = names(
  "bulk_create bulk_update bulk* createMany* insertMany insert_all insert_all! upsert_all createMany bulkWrite bulkInsert bulkCreate* executemany execute_values copy_records_to_table CopyFrom SendBatch CreateInBatches saveAll deleteAll* batchUpdate *InBatch* *Batch in_bulk",
);
