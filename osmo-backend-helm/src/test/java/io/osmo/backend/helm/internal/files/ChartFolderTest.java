// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.osmo.backend.helm.TestChart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFolderTest {
    @TempDir
    Path folder;

    @Test
    void leaves_out_what_helm_ignores() throws Exception {
        Path chart = new TestChart()
                .file(".helmignore", "# comment\n.git/\n*.swp\n/docs\nci/*.txt\n")
                .file(".git/config", "")
                .file("a.swp", "")
                .file("templates/b.swp", "")
                .file("templates/.hidden.yaml", "")
                .file("docs/page.md", "")
                .file("ci/notes.txt", "")
                .file("ci/values.yaml", "")
                .file("nested/docs/page.md", "")
                .write(folder.resolve("chart"));

        assertThat(copied(chart))
                .containsExactlyInAnyOrder(
                        ".helmignore", "Chart.yaml", "values.yaml", "ci/values.yaml", "nested/docs/page.md");
    }

    @Test
    void refuses_patterns_that_helm_refuses() {
        Path chart = new TestChart().file(".helmignore", "a/**\n").write(folder.resolve("chart"));

        assertThatIOException()
                .isThrownBy(() -> copied(chart))
                .withMessage("its .helmignore has ** in \"a/**\", which Helm does not support");
    }

    @Test
    void follows_no_link() throws Exception {
        Path chart = new TestChart().write(folder.resolve("chart"));
        Files.createSymbolicLink(chart.resolve("secrets"), Path.of("/etc/hostname"));

        assertThatIOException().isThrownBy(() -> copied(chart)).withMessage("it has a link or device, secrets");
    }

    @Test
    void has_the_same_digest_elsewhere_and_another_one_after_any_change() throws Exception {
        String digest = ChartFolder.digest(new TestChart().write(folder.resolve("first")));

        assertThat(ChartFolder.digest(new TestChart().write(folder.resolve("second"))))
                .isEqualTo(digest);
        assertThat(ChartFolder.digest(
                        new TestChart().file("values.yaml", "a: b\n").write(folder.resolve("third"))))
                .isNotEqualTo(digest);
        assertThat(ChartFolder.digest(new TestChart().file("more.yaml", "").write(folder.resolve("fourth"))))
                .isNotEqualTo(digest);
    }

    private Set<String> copied(Path chart) throws Exception {
        Path copy = folder.resolve("copy");
        ChartFolder.copy(chart, copy);
        return ChartFolder.read(copy).keySet();
    }
}
