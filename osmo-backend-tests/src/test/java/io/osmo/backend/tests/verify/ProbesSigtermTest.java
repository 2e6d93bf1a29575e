// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.cluster.PodEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesSigtermTest {
    @Test
    void a_process_that_is_ended_by_sigterm_removes_the_namespace_of_its_probes(@TempDir Path dir) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (EmulatedClusters clusters = new EmulatedClusters(Clock.systemUTC(), () -> {})) {
            EmulatedCluster cluster = clusters.create("c", Distribution.EKS, "1.35.3");
            cluster.addNode(new EmulatedNode(
                    "cpu-0",
                    "aws:///us-west-2a/i-0",
                    new EmulatedNode.Place("us-west-2", "us-west-2a", "10.0.0.1"),
                    new EmulatedNode.Machine("m7i.2xlarge", "amd64", 8, 32, 100, 0),
                    new NodeImage("Amazon Linux 2023", "6.12", "containerd://2.1.4"),
                    new EmulatedNode.Kubelet("v1.35.3-eks-113cf36", 58),
                    Map.of("eks.amazonaws.com/nodegroup", "cpu", "node-type", "compute"),
                    List.of(),
                    false));
            cluster.runPods(pod -> {
                running.countDown();
                return new PodEnd.Running();
            });
            Path kubeconfig = Files.writeString(
                    dir.resolve("config"),
                    "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- {name: c, cluster: {server: \""
                            + cluster.endpoint()
                            + "\"}}\ncontexts:\n- {name: c, context: {cluster: c, user: u}}\nusers:\n- {name: u, user: {token: t}}\n");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ProbesUntilSigterm.class.getName(),
                            kubeconfig.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("log").toFile())
                    .start();
            try {
                assertThat(running.await(90, TimeUnit.SECONDS))
                        .as(() -> log(dir))
                        .isTrue();
                assertThat(cluster.list("Namespace")).anyMatch(name -> name.contains("osmo-backend-probe-"));

                process.destroy();

                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(cluster.list("Namespace"))
                        .as(() -> log(dir))
                        .noneMatch(name -> name.contains("osmo-backend-probe-"));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String log(Path dir) {
        try {
            return Files.readString(dir.resolve("log"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
