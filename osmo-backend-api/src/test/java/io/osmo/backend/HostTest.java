// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.fake.Fault;
import io.osmo.backend.fake.World;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/** What hosts build on: futures, their log, and access for other tools. */
class HostTest {
    private final World world = new World();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_future_on_virtual_time_moves_the_time_when_it_is_waited_for() throws Exception {
        CompletableFuture<Backend> future = start(event -> {}).toCompletableFuture();

        assertThat(future).isNotDone();
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(3, TimeUnit.MINUTES));
        assertThat(world.time.elapsed()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
        assertThat(future.thenApply(backend -> backend.ref().name()).join()).isEqualTo("train");
        assertThat(future.get().ref()).isEqualTo(World.ref());
    }

    @Test
    void a_closed_entry_point_says_that_it_is_closed() {
        OsmoBackends closed = world.osmo;
        closed.close();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> closed.plan(World.spec()))
                .withMessageContaining("is closed")
                .withMessageContaining("OsmoBackends.open()");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> closed.preflight(World.spec()))
                .withMessageContaining("is closed");
    }

    @Test
    void a_future_of_an_apply_that_fails_has_its_exception() {
        ApplyHandle handle = start(event -> {});
        world.cloud.fault(3, Fault.DENIED);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> handle.toCompletableFuture().join())
                .withCauseInstanceOf(PartialApplyException.class);
    }

    /** A host that keeps a thousand handles keeps no more of the clouds than it asked for. */
    @Test
    void an_ended_apply_holds_nothing_that_it_has_read() {
        ApplyHandle handle = start(event -> {});
        Backend backend = handle.await();
        assertThat(world.cloud.handedOut).isNotEmpty();

        System.gc();

        assertThat(world.cloud.handedOut).allMatch(read -> read.refersTo(null));
        Reference.reachabilityFence(handle);
        Reference.reachabilityFence(backend);
    }

    @Test
    void an_apply_that_failed_holds_nothing_that_it_has_read() {
        ApplyHandle handle = start(event -> {});
        world.cloud.fault(3, Fault.DENIED);
        assertThatExceptionOfType(PartialApplyException.class).isThrownBy(handle::await);

        System.gc();

        assertThat(world.cloud.handedOut).isNotEmpty().allMatch(read -> read.refersTo(null));
        Reference.reachabilityFence(handle);
    }

    @Test
    void the_log_has_one_line_for_each_resource_and_warns_of_failures() {
        List<String> log = new ArrayList<>();
        ApplyHandle handle = start(Progress.slf4j(logger(log)));
        world.cloud.fault(3, Fault.DENIED);

        assertThatExceptionOfType(PartialApplyException.class).isThrownBy(handle::await);

        assertThat(log.get(0)).startsWith("info fake/here/train: 8 resources, about 14:");
        assertThat(log)
                .filteredOn(line -> line.startsWith("info") && line.contains("created "))
                .isNotEmpty();
        assertThat(log)
                .filteredOn(line -> line.startsWith("warn") && line.contains(" failed: "))
                .hasSize(1);
        assertThat(log)
                .filteredOn(line -> line.startsWith("warn") && line.contains("skipped "))
                .isNotEmpty();
        assertThat(log.get(log.size() - 1)).startsWith("warn fake/here/train: Done in part");
    }

    @Test
    void a_kubeconfig_has_a_token_that_is_fetched_when_it_is_revealed() {
        List<Instant> fetched = new ArrayList<>();
        Backend backend =
                backend(new ClusterAccess("train", URI.create("https://api.example.com"), Optional.of("PEM"), () -> {
                    fetched.add(Instant.EPOCH);
                    return new ClusterAccess.Token("s3cr3t", Instant.MAX);
                }));

        assertThat(backend.kubeconfig().toString()).doesNotContain("s3cr3t");
        assertThat(fetched).isEmpty();
        assertThat(backend.kubeconfig().orElseThrow().reveal()).isEqualTo("""
                apiVersion: v1
                kind: Config
                current-context: train
                clusters:
                  - name: train
                    cluster:
                      server: https://api.example.com
                      certificate-authority-data: UEVN
                contexts:
                  - name: train
                    context:
                      cluster: train
                      user: train
                users:
                  - name: train
                    user:
                      token: s3cr3t
                """);
    }

    @Test
    void a_kubeconfig_with_a_plugin_has_no_token() {
        ClusterAccess access =
                new ClusterAccess("train", URI.create("https://api.example.com"), Optional.of("PEM"), () -> {
                    throw new AssertionError("no token is needed");
                });

        assertThat(backend(access).pluginKubeconfig()).isEmpty();
        assertThat(backend(access.with(new ClusterAccess.ExecPlugin(
                                "aws",
                                List.of("eks", "get-token"),
                                Map.of("AWS_PROFILE", "dev"),
                                false,
                                "Install it.")))
                        .pluginKubeconfig()
                        .orElseThrow())
                .contains("current-context: train", "server: https://api.example.com")
                .endsWith("""
                        users:
                          - name: train
                            user:
                              exec:
                                apiVersion: client.authentication.k8s.io/v1beta1
                                command: aws
                                args:
                                  - eks
                                  - get-token
                                env:
                                  - name: AWS_PROFILE
                                    value: dev
                                interactiveMode: IfAvailable
                                provideClusterInfo: false
                                installHint: Install it.
                        """);
    }

    @Test
    void the_kubeconfig_of_an_existing_cluster_has_its_context_only() throws IOException {
        Path file = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: a, cluster: {server: "https://a", certificate-authority: ca.crt}}
                - {name: b, cluster: {server: "https://b"}}
                contexts:
                - {name: dev, context: {cluster: a, user: me}}
                - {name: prod, context: {cluster: b, user: root}}
                users:
                - {name: me, user: {exec: {command: login, args: [x]}}}
                - {name: root, user: {token: topsecret}}
                """);

        String kubeconfig = existing(file, "dev").kubeconfig().orElseThrow().reveal();

        assertThat(kubeconfig)
                .contains(
                        "server: https://a\n", "certificate-authority: \"" + folder.resolve("ca.crt"), "command: login")
                .doesNotContain("topsecret", "https://b");
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(
                        () -> existing(file, "test").kubeconfig().orElseThrow().reveal())
                .withMessageContaining("has no context test");
    }

    private ApplyHandle start(ProgressListener listener) {
        world.provider.want(world.small());
        return world.osmo.start(
                world.osmo.plan(World.spec()), ApplyOptions.defaults().listener(listener));
    }

    private static Backend existing(Path file, String context) {
        return backend(
                ClusterAccess.of("lab", URI.create("https://a"), new ClusterAccess.KubeconfigContext(file, context)));
    }

    private static Backend backend(ClusterAccess access) {
        return new Backend(World.ref(), Optional.empty(), Optional.of(access), List.of(), () -> {
            throw new IllegalStateException("not asked");
        });
    }

    /** Keeps level and message of each line. */
    private static Logger logger(List<String> log) {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    Object[] values = arguments.length == 2 && arguments[1] instanceof Object[] array
                            ? array
                            : List.of(arguments).subList(1, arguments.length).toArray();
                    log.add(method.getName() + " "
                            + MessageFormatter.arrayFormat(String.valueOf(arguments[0]), values)
                                    .getMessage());
                    return null;
                });
    }
}
