package dev.symbolon.cli;
import java.util.List;
import java.util.function.Function;
public final class Cli { public Cli(Function<Administration, ? extends AutoCloseable> starter) {} public int run(List<String> a) { return 0; } }
