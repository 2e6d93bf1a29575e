// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.tests.services.KubeApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster side on a real kube-apiserver. Namespaces cannot be deleted there, so each test has two of its own. */
abstract class RealClusterSide {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    static final ResourceId CLUSTER = ResourceId.of("cluster", "main");
    static final AtomicInteger TESTS = new AtomicInteger();
    static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    static final DefaultStorageClass GP3 =
            new DefaultStorageClass("gp3", "ebs.csi.aws.com", Map.of("type", "gp3", "encrypted", "true"));
    static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
    final int test = TESTS.incrementAndGet();
    final String backend = "backend-" + test;
    final String operator = "operator-" + test;
    final String workflows = "workflows-" + test;
    final AtomicReference<String> password = new AtomicReference<>("first password");
    final AtomicReference<String> token = new AtomicReference<>(TOKEN);
    final VirtualTime time = VirtualTime.create();
    KubernetesClient admin;
    ClusterSide side;

    @BeforeEach
    void connect() {
        admin = SERVER.admin();
        side = ClusterSide.open(time, state -> Optional.of(SERVER.access()));
    }

    @AfterEach
    void clean() {
        admin.storage().v1().storageClasses().delete();
        admin.scheduling().v1().priorityClasses().list().getItems().stream()
                .filter(c -> c.getMetadata().getName().startsWith("osmo-"))
                .forEach(c -> admin.resource(c).delete());
        side.close();
        admin.close();
    }

    BackendSpec spec() {
        return BackendSpec.builder(backend)
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .pullSecret("nvcr.io", "$oauthtoken", password::get)
                .pullSecret("docker.io", "robot", password::get)
                .osmo(o -> o.serviceUrl("https://osmo.example.com")
                        .token(token::get)
                        .operatorNamespace(operator)
                        .workflowNamespace(workflows))
                .build();
    }

    List<Resource<?>> graph() {
        return side.graph(spec(), Optional.of(GP3), Set.of());
    }

    Map<ResourceId, Observed<?>> observe(ClusterAccess access) throws Exception {
        return time.await(side.observe(access, spec().ref(), Optional.of(spec())), Duration.ofMinutes(1));
    }

    List<String> plan() throws Exception {
        return Convergence.diff(graph(), observe(SERVER.access()));
    }

    Namespace namespace(String name) {
        return admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    static Map<String, String> annotations(ObjectMeta metadata) {
        return metadata.getAnnotations();
    }

    List<String> diff(BackendSpec spec) throws Exception {
        return Convergence.diff(
                side.graph(spec, Optional.of(GP3), Set.of()),
                time.await(side.observe(SERVER.access(), spec.ref(), Optional.of(spec)), Duration.ofMinutes(1)));
    }

    static <O> void delete(Deletable<O> deletable) {
        deletable.delete(deletable.read(Convergence.NOTHING_KNOWN).orElseThrow(), Convergence.NOTHING_KNOWN);
    }
}
