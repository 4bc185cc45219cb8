import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a benchmark leaves behind. */
final class Report {
    private Report() {}

    static void write(Path json, List<Result> results) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
    }
}
