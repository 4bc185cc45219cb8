import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a chart and Markdown tables, one a number of connections, of what {@link Benchmark} left behind.
 *
 * <p>{@code src/bench/run Report CHART.svg RESULTS.json…}; the tables go to standard output.
 */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the chart. */
    private static final int CONNECTIONS = 16;

    private static final int WIDTH = 760;
    private static final int LEFT = 250;
    private static final int SCALE = 380;
    private static final int BAR = 13;
    private static final int GAP = 14;
    private static final int TOP = 64;

    /** One row: what was measured on each Java. */
    private record Case(String store, String workload) {}

    private final int connections;
    private final List<Result> results;
    private final List<Case> cases;
    private final List<String> javas;

    private Report(List<Result> results, int connections) {
        this.connections = connections;
        this.results = results.stream().filter(result -> result.connections() == connections).toList();
        cases = this.results.stream()
                .map(result -> new Case(result.store(), result.workload()))
                .distinct()
                .toList();
        javas = this.results.stream()
                .map(Result::java)
                .distinct()
                .sorted(Comparator.<String>comparingInt(java -> Integer.parseInt(java.split("\\.")[0]))
                        .reversed())
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        List<Result> results = new ArrayList<>();
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            results.addAll(JSON.readValue(Path.of(file).toFile(), new TypeReference<List<Result>>() {}));
        }
        Files.writeString(Path.of(arguments[0]), new Report(results, CONNECTIONS).chart());
        results.stream().mapToInt(Result::connections).distinct().sorted()
                .forEach(each -> System.out.println(new Report(results, each).table()));
    }

    static void save(Path file, List<Result> results) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), results);
    }

    private Optional<Result> find(Case row, String java) {
        return results.stream()
                .filter(result -> result.java().equals(java))
                .filter(result -> new Case(result.store(), result.workload()).equals(row))
                .findFirst();
    }

    private String table() {
        var table = new StringBuilder("| %d connections |".formatted(connections));
        var rule = new StringBuilder("| --- |");
        for (String java : javas) {
            table.append(" Java %s: requests/s | p50, p99 ms | CPU µs | of bare |".formatted(java));
            rule.append(" ---: | ---: | ---: | ---: |");
        }
        table.append('\n').append(rule).append('\n');
        for (Case row : cases) {
            table.append("| ").append(name(row)).append(" |");
            for (String java : javas) {
                table.append(find(row, java).map(Report::cells).orElse(" | | | |"));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String cells(Result result) {
        return String.format(
                Locale.ROOT, " %,.0f | %.1f, %.1f | %,.0f | %.2f%s |", result.service().rate(),
                result.service().p50Millis(), result.service().p99Millis(), result.service().cpuMicros(), result.ratio(),
                isPassword(result.workload()) ? " of bcrypt" : "");
    }

    /** Its measure is bcrypt alone. */
    private static boolean isPassword(String workload) {
        return workload.equals(Workload.PASSWORD.toString());
    }

    private static String name(Case row) {
        String workload = row.workload().replace("introspect_", "introspect, ").replace("_", " ");
        return workload + switch (Store.of(row.store())) {
            case H2 -> "";
            case FSYNC -> ", fsync";
            case POSTGRESQL -> ", PostgreSQL";
        };
    }

    private String chart() {
        var svg = new StringBuilder();
        int y = TOP;
        for (Case row : cases.stream().filter(each -> !isPassword(each.workload())).toList()) {
            text(svg, LEFT - 12, y + (javas.size() * (BAR + 2) + 8) / 2, "end", "label", name(row));
            for (int i = 0; i < javas.size(); i++, y += BAR + 2) {
                Optional<Result> found = find(row, javas.get(i));
                if (found.isPresent()) {
                    double ratio = found.get().ratio();
                    svg.append(String.format(
                            Locale.ROOT, "<rect class=\"java%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                            i, LEFT, y, Math.max(1, SCALE * ratio), BAR));
                    text(svg, (int) (LEFT + SCALE * ratio + 6), y + BAR - 2, "start", "value",
                            String.format(Locale.ROOT, "%.2f · %,.0f/s", ratio, found.get().service().rate()));
                }
            }
            y += GAP;
        }
        var head = new StringBuilder();
        text(head, LEFT, 18, "start", "label", "Requests a second, as a part of a bare handler's; " + CONNECTIONS + " connections");
        int x = LEFT;
        for (int i = 0; i < javas.size(); i++, x += 110) {
            head.append("<rect class=\"java%d\" x=\"%d\" y=\"29\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n"
                    .formatted(i, x, BAR, BAR));
            text(head, x + BAR + 6, 40, "start", "value", "Java " + javas.get(i));
        }
        for (int tick = 0; tick <= 4; tick++) {
            int at = LEFT + SCALE * tick / 4;
            head.append("<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n".formatted(at, at, TOP - 8, y - GAP + 8));
            text(head, at, y + 8, "middle", "value", String.format(Locale.ROOT, "%.2f", tick / 4.0));
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif">
                <title>Throughput beside a bare handler</title>
                <style>
                .label { font-size: 13px; fill: #24292f } .value { font-size: 11px; fill: #57606a }
                line { stroke: #8c959f; stroke-opacity: .35 } .java0 { fill: #1f7a8c } .java1 { fill: #c98b2b }
                @media (prefers-color-scheme: dark) {
                .label { fill: #e6edf3 } .value { fill: #9da7b3 } .java0 { fill: #4fb3c6 } .java1 { fill: #e0b060 } }
                </style>
                """
                .formatted(WIDTH, y + 20)
                + head + svg + "</svg>\n";
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String style, String words) {
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(style, x, y, anchor, words));
    }
}
