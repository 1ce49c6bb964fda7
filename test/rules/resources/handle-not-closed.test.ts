import { handleNotClosed } from "../../../src/rules/resources/handle-not-closed.js";
import { describeSourceRule } from "../source-cases.js";

describeSourceRule(handleNotClosed, "src/files.py", {
  firing: [
    [
      "a file",
      `def run(items):
    file = open(path)
    return parse(file.read())`,
      "open(…) is not closed",
    ],
    [
      "an archive",
      `def run(items):
    archive = tarfile.open(path)
    archive.extractall()`,
    ],
    [
      "a database",
      `def run(items):
    base = sqlite3.connect(path)
    base.execute('select 1')`,
    ],
    [
      "a session",
      `def run(items):
    session = requests.Session()
    return session.get(url).json()`,
    ],
    [
      "a packed file",
      `def run(items):
    packed = gzip.open(path)
    lines = packed.readlines()
    return len(lines)`,
    ],
    [
      "a zip",
      `def run(items):
    archive = zipfile.ZipFile(path)
    return archive.namelist()`,
    ],
  ],
  silent: [
    [
      "with",
      `def run(items):
    with open(path) as file:
        return file.read()`,
    ],
    [
      "a close",
      `def run(items):
    file = open(path)
    try:
        return file.read()
    finally:
        file.close()`,
    ],
    [
      "a file that is returned",
      `def run(items):
    file = open(path)
    return file`,
    ],
    [
      "a file that is yielded",
      `def run(items):
    file = open(path)
    yield file`,
    ],
    [
      "a field",
      `def run(items):
    self.file = open(path)`,
    ],
    [
      "a stack",
      `def run(items):
    file = stack.enter_context(open(path))
    file.read()`,
    ],
    [
      "with, later",
      `def run(items):
    file = open(path)
    with file:
        file.read()`,
    ],
    [
      "a file that is handed on",
      `def run(items):
    file = open(path)
    return Reader(file)`,
    ],
    [
      "a file that is read at once",
      `def run(items):
    return open(path).read()`,
    ],
    [
      "something else that opens",
      `def run(items):
    door = house.open(key)
    door.look()`,
    ],
  ],
});

describeSourceRule(handleNotClosed, "src/Files.java", {
  firing: [
    [
      "a stream",
      `class Orders {
  void run(List<Item> items) {
    FileInputStream in = new FileInputStream(path);
    in.read();
  }
}`,
      "FileInputStream(…) is not closed",
    ],
    [
      "a reader of a path",
      `class Orders {
  void run(List<Item> items) {
    BufferedReader reader = Files.newBufferedReader(path);
    reader.readLine();
  }
}`,
    ],
    [
      "a socket",
      `class Orders {
  void run(List<Item> items) {
    Socket socket = new Socket(host, port);
    socket.setSoTimeout(1000);
  }
}`,
    ],
    [
      "a writer",
      `class Orders {
  void run(List<Item> items) {
    FileWriter writer = new FileWriter(path);
    writer.write(1);
  }
}`,
    ],
    [
      "a zip",
      `class Orders {
  void run(List<Item> items) {
    ZipFile zip = new ZipFile(path);
    int size = zip.size();
  }
}`,
    ],
  ],
  silent: [
    [
      "try with it",
      `class Orders {
  void run(List<Item> items) {
    try (FileInputStream in = new FileInputStream(path)) {
      in.read();
    }
  }
}`,
    ],
    [
      "a close",
      `class Orders {
  void run(List<Item> items) {
    FileInputStream in = new FileInputStream(path);
    in.close();
  }
}`,
    ],
    [
      "one that is returned",
      `class Files {
  InputStream open() {
    FileInputStream in = new FileInputStream(path);
    return in;
  }
}`,
    ],
    [
      "one that is wrapped",
      `class Orders {
  void run(List<Item> items) {
    FileInputStream in = new FileInputStream(path);
    use(new Wrapped(in));
  }
}`,
    ],
    [
      "memory",
      `class Orders {
  void run(List<Item> items) {
    BufferedReader reader = new BufferedReader(new StringReader(text));
    reader.readLine();
  }
}`,
    ],
    [
      "a reader over a variable",
      `class Orders {
  void run(List<Item> items) {
    BufferedReader reader = new BufferedReader(source);
    reader.readLine();
  }
}`,
    ],
    [
      "a field",
      `class Orders {
  void run(List<Item> items) {
    this.in = new FileInputStream(path);
  }
}`,
    ],
  ],
});
