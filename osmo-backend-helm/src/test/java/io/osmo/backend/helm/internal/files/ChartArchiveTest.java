// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.osmo.backend.helm.TestChart;
import io.osmo.backend.helm.TestChart.Tar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartArchiveTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void unpacks_a_chart_and_its_dependencies() throws Exception {
        ChartArchive.unpack(
                new TestChart()
                        .dependency(new TestChart("sub").dependency(new TestChart("deep")))
                        .archive(),
                target());

        assertThat(ChartFolder.read(target()).keySet())
                .containsExactly(
                        "Chart.yaml",
                        "charts/sub-1.2.3/Chart.yaml",
                        "charts/sub-1.2.3/charts/deep-1.2.3/Chart.yaml",
                        "charts/sub-1.2.3/charts/deep-1.2.3/values.yaml",
                        "charts/sub-1.2.3/values.yaml",
                        "values.yaml");
    }

    @Test
    void understands_long_names_of_both_formats() throws Exception {
        String name = "x".repeat(120) + ".yaml";
        String record = " path=demo/pax-" + name + "\n";
        int length = record.length() + 3;

        ChartArchive.unpack(
                new Tar()
                        .entry("pax", 'x', "", (length + record).getBytes(StandardCharsets.UTF_8))
                        .file("short", CONTENT)
                        .entry("gnu", 'L', "", ("demo/gnu-" + name + "\0").getBytes(StandardCharsets.UTF_8))
                        .file("short", CONTENT)
                        .gzip(),
                target());

        assertThat(ChartFolder.read(target()).keySet()).containsExactly("gnu-" + name, "pax-" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo/../../outside",
                "../outside",
                "demo/../outside",
                "/etc/outside",
                "demo//outside",
                "demo/./outside",
                "outside",
                "demo/..\\..\\outside",
                "demo/C:outside",
                "demo/out\nside"
            })
    void writes_nothing_outside_of_its_folder(String name) throws Exception {
        assertThatIOException()
                .isThrownBy(
                        () -> ChartArchive.unpack(new Tar().file(name, CONTENT).gzip(), target()))
                .withMessageStartingWith("it has a file outside of the chart's folder");

        assertNothingIsOutside();
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6'})
    void makes_no_links_and_devices(char type) throws Exception {
        byte[] archive = new Tar()
                .entry("demo/templates", type, "/tmp", new byte[0])
                .file("demo/templates/outside", CONTENT)
                .gzip();

        assertThatIOException()
                .isThrownBy(() -> ChartArchive.unpack(archive, target()))
                .withMessage("it has a link or device, demo/templates");
        assertNothingIsOutside();
    }

    @Test
    void refuses_what_is_too_large_before_it_is_written() throws Exception {
        assertRefused(new Tar().file("demo/large", new byte[(5 << 20) + 1]).gzip(), "it is too large");
        Tar many = new Tar();
        for (int i = 0; i <= 10_000; i++) {
            many.file("demo/" + i, new byte[0]);
        }
        assertRefused(many.gzip(), "it is too large");
        Tar together = new Tar();
        for (int i = 0; i <= 20; i++) {
            together.file("demo/" + i, new byte[5 << 20]);
        }
        assertRefused(together.gzip(), "it is too large");
    }

    @Test
    void refuses_dependencies_without_end() {
        TestChart chart = new TestChart("deepest");
        for (int i = 0; i < 9; i++) {
            chart = new TestChart("level").dependency(chart);
        }

        assertRefused(chart.archive(), "it has dependencies of dependencies, more than 8 deep");
    }

    @Test
    void refuses_what_is_damaged() {
        assertRefused(CONTENT, "Not in GZIP format");
        assertRefused(new Tar().file("demo/a", CONTENT).file("demo/a", CONTENT).gzip(), "it has demo/a twice");
        assertRefused(
                new Tar().file("demo/a", CONTENT).file("demo/a/b", CONTENT).gzip(),
                "it has demo/a/b twice, or as a file and a folder");
        assertRefused(
                new Tar()
                        .entry("pax", 'x', "", "999 path=demo/x\n".getBytes(StandardCharsets.UTF_8))
                        .gzip(),
                "a header of it is damaged");
    }

    private void assertRefused(byte[] archive, String why) {
        assertThatIOException()
                .isThrownBy(() -> ChartArchive.unpack(archive, folder.resolve("refused" + archive.length)))
                .withMessageStartingWith(why);
    }

    private Path target() {
        return folder.resolve("target");
    }

    private void assertNothingIsOutside() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
