// Runs one real Elasticsearch node (7.17 or 8.8) in this JVM, straight from the jars on Maven Central. Started by start.sh:
//   java -cp 'HOME/lib/*' Start.java HOME DATA HOST PORT
// HOME holds lib/ and modules/transport-netty4/ (the HTTP server); DATA gets the indices.
import java.nio.file.*;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;

public class Start {
    public static void main(String[] args) throws Exception {
        Path data = Paths.get(args[1]).toAbsolutePath();
        Settings settings = Settings.builder()
            .put("path.home", Paths.get(args[0]).toAbsolutePath().toString())
            .put("path.data", data.resolve("nodes").toString())
            .put("path.logs", data.toString())
            .put("cluster.name", "spoor").put("node.name", "spoor-1")
            .put("discovery.type", "single-node")
            .put("network.host", args[2]).put("http.port", args[3])
            .put("transport.port", "0")                                        // node to node: any free port
            .put("http.type", "netty4").put("transport.type", "netty4")
            .put("action.destructive_requires_name", "false")                  // tests may DELETE /jaeger-*
            .put("cluster.routing.allocation.disk.threshold_enabled", "false") // a nearly full disk must not block writes
            .build();
        try {                                                                  // 8.x has a logging facade of its own
            LogConfigurator.class.getMethod("configureESLogging").invoke(null);
        } catch (NoSuchMethodException version7) { /* 7.x has none */ }
        Node node = new Node(new Environment(settings, data.resolve("config")));
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {                // SIGTERM, SIGINT: flush and close
            try { node.close(); } catch (Exception e) { e.printStackTrace(); }
            main.interrupt();
        }));
        try {
            node.start();
        } catch (Exception failed) {                                           // the port is taken, say: its threads would keep us alive
            failed.printStackTrace();
            System.exit(1);
        }
        node.client().admin().cluster().prepareHealth().setWaitForYellowStatus().get();
        System.out.println("ready http://" + args[2] + ":" + args[3]);
        try { Thread.sleep(Long.MAX_VALUE); } catch (InterruptedException stopped) { /* closed by the hook */ }
    }
}
