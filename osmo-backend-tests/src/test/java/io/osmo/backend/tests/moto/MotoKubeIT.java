// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.tests.services.SharedService;
import io.osmo.backend.tests.services.ShortWaits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both halves of an EKS backend on servers that nobody here wrote: the AWS API is moto's, and behind the cluster of its EKS
 * stands a real API server, which lets in whom moto's STS knows.
 */
class MotoKubeIT {
    private static final String NAME = "both-west";

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private MotoClients aws;

    @BeforeEach
    void open() {
        aws = MOTO.clients();
    }

    @Test
    void one_plan_makes_the_cloud_side_and_what_is_in_the_cluster(@TempDir Path directory) {
        try (Authenticator authenticator = new Authenticator(MOTO.endpoint(), NAME);
                SharedService kube = SharedService.up(
                        "kube", "OSMO_KUBE_DIR", Map.of("OSMO_KUBE_APISERVER_ARGS", authenticator.flags(directory)));
                KubernetesClient admin =
                        KubernetesClients.fromKubeconfig(Path.of(kube.exports().get("KUBECONFIG")))) {
            EksSettings settings = EksSettings.builder()
                    .omit(Moto.lacks().toArray(EksFeature[]::new))
                    .clusterEndpoint(URI.create(admin.getConfiguration().getMasterUrl()))
                    .clusterCertificate(certificate(admin))
                    .build();
            BackendSpec spec = MotoSpecs.small(NAME).toBuilder()
                    .pullSecret("nvcr.io", "$oauthtoken", () -> "key of nvcr.io")
                    .osmo(o -> o.serviceUrl("https://osmo.example.com")
                            .token(() -> "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"))
                    .settings(settings)
                    .build();
            try (Scheduler scheduler = new ShortWaits();
                    OsmoBackends osmo = OsmoBackends.builder()
                            .settings(settings)
                            .scheduler(scheduler)
                            .build()) {
                osmo.apply(osmo.plan(spec));

                assertThat(osmo.plan(spec).changes()).isEmpty();
                assertThat(aws.eks.listClusters().clusters()).containsExactly(NAME);
                assertThat(names(admin)).contains("osmo-operator", "osmo-workflows");
                assertThat(admin.storage().v1().storageClasses().list().getItems())
                        .singleElement()
                        .matches(c -> "ebs.csi.aws.com".equals(c.getProvisioner()));
                assertThat(admin.secrets().inNamespace("osmo-workflows").list().getItems())
                        .anyMatch(s -> "kubernetes.io/dockerconfigjson".equals(s.getType()));

                admin.storage().v1().storageClasses().delete();
                Plan repair = osmo.plan(spec);
                assertThat(repair.changes()).singleElement().matches(c -> c.action() == Action.CREATE);
                osmo.apply(repair);
                assertThat(admin.storage().v1().storageClasses().list().getItems())
                        .hasSize(1);

                osmo.apply(osmo.planDestroy(spec.ref()));
                assertThat(aws.eks.listClusters().clusters()).isEmpty();
            }
            assertThat(Set.copyOf(authenticator.admitted))
                    .singleElement()
                    .asString()
                    .startsWith("arn:aws:sts::123456789012:");
            assertThat(authenticator.refused).isEmpty();
        }
    }

    private static List<String> names(KubernetesClient client) {
        return client.namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .toList();
    }

    private static String certificate(KubernetesClient client) {
        return new String(
                Base64.getDecoder().decode(client.getConfiguration().getCaCertData()), StandardCharsets.US_ASCII);
    }
}
