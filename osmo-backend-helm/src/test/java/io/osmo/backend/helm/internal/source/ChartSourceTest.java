// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.error.ChartException;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.helm.Rendered;
import io.osmo.backend.helm.TestChart;
import io.osmo.backend.helm.internal.files.ChartFolder;
import io.osmo.backend.helm.internal.source.LocalServer.Answer;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.ChartBuilder;
import io.osmo.backend.spec.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartSourceTest {
    private static final String PASSWORD = "canary-password";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final byte[] ARCHIVE = new TestChart().archive();
    private static final String DIGEST = ChartFolder.digest(ARCHIVE);

    @TempDir
    Path folder;

    private final LocalServer server = new LocalServer();
    private final LocalServer other = new LocalServer();

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    @Test
    void holds_an_archive_against_the_spec_before_it_is_unpacked() throws Exception {
        Path archive = Files.write(folder.resolve("demo.tgz"), ARCHIVE);

        assertThat(fetch(c -> c.location(archive.toString()).digest(DIGEST).version("1.2.3"))
                        .digest())
                .isEqualTo(DIGEST);
        assertRefused(c -> c.location(archive.toString()).digest("sha256:" + "0".repeat(64)))
                .withMessage("the chart of release at " + archive + " has the digest " + DIGEST
                        + ", but the spec says sha256:" + "0".repeat(64));
        assertThat(folder.resolve("target2")).doesNotExist();
        assertRefused(c -> c.location(archive.toString()).version("1.2.4"))
                .withMessage("the chart of release at " + archive + " has version 1.2.3, but the spec says 1.2.4");
    }

    @Test
    void a_changed_file_of_a_folder_changes_its_digest() throws Exception {
        Path chart = new TestChart().write(folder.resolve("chart"));
        String digest = fetch(c -> c.location(chart.toString())).digest();
        Files.writeString(chart.resolve("values.yaml"), "greeting: bye\n");

        assertRefused(c -> c.location(chart.toString()).digest(digest))
                .withMessageContaining("but the spec says " + digest);
    }

    @Test
    void says_what_is_no_chart() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path text = Files.writeString(folder.resolve("text.tgz"), "text");

        assertRefused(c -> c.location(empty.toString())).withMessage(empty + " is no chart: it has no Chart.yaml");
        assertRefused(c -> c.location(text.toString())).withMessageContaining("cannot be used: Not in GZIP format");
        assertRefused(c -> c.location("/none"))
                .withMessageContaining("/none cannot be used: there is no such folder or file");
    }

    @Test
    void fetches_from_a_repository_and_shows_the_password_to_no_other_server() {
        other.on("/files/demo.tgz", ARCHIVE);
        server.on("/charts/index.yaml", index("demo-1.2.3.tgz", DIGEST.substring(7)))
                .redirect("/charts/demo-1.2.3.tgz", "/moved.tgz")
                .redirect("/moved.tgz", "http://" + other.authority() + "/files/demo.tgz");

        byte[] archive = repository(c -> c.version("1.2.3").credentials("user", password()))
                .archive();

        assertThat(archive).isEqualTo(ARCHIVE);
        assertThat(server.requests())
                .containsExactly(
                        "/charts/index.yaml " + BASIC, "/charts/demo-1.2.3.tgz " + BASIC, "/moved.tgz " + BASIC);
        assertThat(other.requests()).containsExactly("/files/demo.tgz null");
    }

    @Test
    void takes_exactly_the_version_of_the_spec() {
        server.on("/charts/index.yaml", index("demo-1.2.3.tgz", ""));

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> repository(c -> c.version("1.2.0")).archive())
                .withMessage("the chart of release cannot be fetched: http://" + server.authority()
                        + "/charts/ has no demo of version 1.2.0; it has 1.2.3, 1.2.2");
    }

    @Test
    void refuses_an_archive_that_is_not_the_one_of_the_index() {
        server.on("/charts/index.yaml", index("demo-1.2.3.tgz", "0".repeat(64))).on("/charts/demo-1.2.3.tgz", ARCHIVE);

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> repository(c -> c.version("1.2.3")).archive())
                .withMessageContaining("is not the one in the index of its repository");
    }

    @Test
    void says_that_a_password_is_refused_without_showing_it() {
        server.on("/charts/index.yaml", login -> new Answer(401, "", "", new byte[0]));

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> repository(c -> c.version("1.2.3").credentials("user", password()))
                        .archive())
                .withMessageContaining("the index of the repository")
                .withMessageContaining("status 401")
                .satisfies(e -> assertThat(e.toString()).contains("check them").doesNotContain(PASSWORD, BASIC));
    }

    @Test
    void fetches_from_a_registry_with_a_token() {
        byte[] packed = new TestChart()
                .file("Chart.yaml", "name: demo\nversion: 1.2.3+build\n")
                .archive();
        String digest = ChartFolder.digest(packed);
        other.on(
                "/token",
                login -> new Answer(
                        login.equals(BASIC) ? 200 : 401,
                        "",
                        "",
                        "{\"token\": \"t0ken\"}".getBytes(StandardCharsets.UTF_8)));
        other.on("/blob", packed);
        byte[] manifest = manifest(digest);
        server.on(
                        "/v2/team/demo/manifests/1.2.3_build",
                        login -> login.equals("Bearer t0ken")
                                ? new Answer(200, "", "", manifest)
                                : new Answer(
                                        401,
                                        "WWW-Authenticate",
                                        "Bearer realm=\"http://" + other.authority()
                                                + "/token\",service=\"registry\",scope=\"ignored\"",
                                        new byte[0]))
                .redirect("/v2/team/demo/blobs/" + digest, "http://" + other.authority() + "/blob");

        ChartSource.Fetched chart = fetch(c -> c.location("oci://" + server.authority() + "/team/demo")
                .version("1.2.3+build")
                .credentials("user", password()));

        assertThat(chart.digest()).isEqualTo(digest);
        assertThat(chart.metadata().version()).isEqualTo("1.2.3+build");
        assertThat(server.requests())
                .containsExactly(
                        "/v2/team/demo/manifests/1.2.3_build null",
                        "/v2/team/demo/manifests/1.2.3_build Bearer t0ken",
                        "/v2/team/demo/blobs/" + digest + " Bearer t0ken");
        assertThat(other.requests())
                .containsExactly(
                        "/token?service=registry&scope=repository%3Ateam%2Fdemo%3Apull " + BASIC, "/blob null");
    }

    @Test
    void refuses_what_a_registry_changes() {
        server.on("/v2/team/demo/manifests/1.2.3", manifest("sha256:" + "0".repeat(64)))
                .on("/v2/team/demo/blobs/sha256:" + "0".repeat(64), ARCHIVE)
                .on("/v2/team/demo/manifests/1.2.4", "{\"layers\": [{\"mediaType\": \"application/image\"}]}");

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> registry(c -> c.version("1.2.3")).archive())
                .withMessageContaining("the archive has the digest " + DIGEST + ", the manifest says sha256:000");
        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> registry(c -> c.version("1.2.4")).archive())
                .withMessageContaining("it is not that of a Helm chart");
    }

    @Test
    void fetches_nothing_without_tls_from_elsewhere() {
        server.redirect("/here", "http://example.invalid/there");

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() ->
                        download(Rendered.LONG).fetch("it", URI.create("http://example.invalid/"), Optional.empty(), 1))
                .withMessageContaining("it at http://example.invalid/: it is not https");
        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> download(Rendered.LONG).fetch("it", at("/here"), Optional.empty(), 1))
                .withMessageContaining("it at http://example.invalid/there: it is not https");
    }

    @Test
    void ends_what_is_too_large_too_late_or_endless() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/large", new byte[2_000]).redirect("/round", "/round").on("/slow", login -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(200, "", "", new byte[0]);
        });

        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> download(Rendered.LONG).fetch("it", at("/large"), Optional.empty(), 1_999))
                .withMessageContaining("the answer has more than 1999 bytes");
        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> download(Rendered.LONG).fetch("it", at("/round"), Optional.empty(), 1))
                .withMessageContaining("it is redirected more than 5 times");
        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> download(Duration.ofMillis(50)).fetch("it", at("/slow"), Optional.empty(), 1));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(OperationCancelledException.class)
                .isThrownBy(() -> download(Rendered.LONG).fetch("it", at("/slow"), Optional.empty(), 1))
                .withMessage("fetching the chart of release was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        over.countDown();
    }

    private int fetched;

    private ChartSource.Fetched fetch(Consumer<ChartBuilder> chart) {
        return new ChartSource().fetch(Rendered.chart(chart), folder.resolve("target" + ++fetched), Rendered.LONG);
    }

    private ThrowableAssertAlternative<ChartException> assertRefused(Consumer<ChartBuilder> chart) {
        return assertThatExceptionOfType(ChartException.class).isThrownBy(() -> fetch(chart));
    }

    /** A spec only takes https. */
    private Repository repository(Consumer<ChartBuilder> settings) {
        Chart chart = Rendered.chart(
                settings.andThen(c -> c.location("https://charts.example.com").chart("demo")));
        return new Repository(download(Rendered.LONG), chart, "http://" + server.authority() + "/charts");
    }

    private OciRegistry registry(Consumer<ChartBuilder> settings) {
        return new OciRegistry(
                download(Rendered.LONG),
                Rendered.chart(settings.andThen(c -> c.location("oci://" + server.authority() + "/team/demo"))));
    }

    private static Download download(Duration deadline) {
        return new Download(HttpClient.newHttpClient(), "release", deadline);
    }

    private URI at(String path) {
        return URI.create("http://" + server.authority() + path);
    }

    private static Secret password() {
        return Secret.of("password", () -> PASSWORD);
    }

    private static String index(String url, String digest) {
        return "apiVersion: v1\nentries:\n  demo:\n  - {version: 1.2.3, urls: [" + url + "], digest: \"" + digest
                + "\"}\n  - {version: 1.2.2, urls: []}\n";
    }

    private static byte[] manifest(String digest) {
        return ("{\"layers\": [{\"mediaType\": \"application/vnd.cncf.helm.chart.content.v1.tar+gzip\", \"digest\": \""
                        + digest + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
