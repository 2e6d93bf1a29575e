// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.SetLabelsRequest;
import com.google.container.v1.SetNodePoolAutoscalingRequest;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.Cluster;

/** What people change by hand in a backend: the plan says what it is, and what to do. */
class ByHandTest {
    private static final BackendSpec EKS = spec("aws", "us-west-2", "m7i.2xlarge");
    private static final BackendSpec GKE = spec("gcp", "us-central1", "n2-standard-8");

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private static BackendSpec spec(String cloud, String region, String machine) {
        return BackendSpec.builder("train-west")
                .on(cloud, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(machine).scale(2, 4))
                .build();
    }

    private static String cluster(GcpClients clients) {
        return "projects/" + clients.project() + "/locations/us-central1/clusters/train-west";
    }

    /** EKS makes it with the first node group, and not again. */
    @Test
    void a_missing_access_entry_of_the_nodes_is_told() {
        osmo.apply(osmo.plan(EKS));
        assertThat(osmo.plan(EKS).warnings()).noneMatch(text -> text.contains("access entry"));
        AwsClients aws = clouds.aws().open("us-west-2", EksSettings.defaults());
        String node = aws.eks().listAccessEntries(r -> r.clusterName("train-west")).accessEntries().stream()
                .filter(principal -> principal.contains("osmo-node"))
                .findFirst()
                .orElseThrow();
        aws.eks().deleteAccessEntry(r -> r.clusterName("train-west").principalArn(node));

        assertThat(osmo.plan(EKS).warnings())
                .anyMatch(text -> text.contains("no access entry of the node role")
                        && text.contains("--principal-arn " + node + " --type EC2_LINUX"));
    }

    @Test
    void bounds_for_each_zone_are_told_as_such() {
        osmo.apply(osmo.plan(GKE));
        try (GcpClients gcp = clouds.gcp().open("us-central1", GkeSettings.defaults())) {
            var unused = gcp.clusters()
                    .setNodePoolAutoscaling(SetNodePoolAutoscalingRequest.newBuilder()
                            .setName(cluster(gcp) + "/nodePools/cpu")
                            .setAutoscaling(NodePoolAutoscaling.newBuilder()
                                    .setEnabled(true)
                                    .setMinNodeCount(1)
                                    .setMaxNodeCount(9))
                            .build());
        }
        clouds.time().advance(Duration.ofMinutes(5));

        assertThat(osmo.plan(GKE).toString())
                .contains("autoscaling: 1 to 9 nodes in each zone -> 2 to 4 nodes, BALANCED");
        osmo.apply(osmo.plan(GKE));
        assertThat(osmo.plan(GKE).changes()).isEmpty();
    }

    /** Whoever follows the remedy must not lose the cluster. */
    @Test
    void a_cluster_that_has_lost_its_labels_is_to_get_them_back() {
        osmo.apply(osmo.plan(GKE));
        try (GcpClients gcp = clouds.gcp().open("us-central1", GkeSettings.defaults())) {
            var unused = gcp.clusters()
                    .setLabels(SetLabelsRequest.newBuilder()
                            .setName(cluster(gcp))
                            .setLabelFingerprint(
                                    gcp.clusters().getCluster(cluster(gcp)).getLabelFingerprint())
                            .build());
        }
        clouds.time().advance(Duration.ofMinutes(5));

        assertThatExceptionOfType(OwnershipConflictException.class)
                .isThrownBy(() -> osmo.plan(GKE))
                .withMessageContaining("gke-cluster/main")
                .satisfies(e -> assertThat(e.remedy())
                        .startsWith(
                                "If an object belongs to this backend and has lost its tags or labels, restore them"));
        assertThat(osmo.planDestroy(GKE.ref()).guards())
                .singleElement()
                .extracting(Guard::remedy)
                .asString()
                .contains("gcloud container clusters update train-west --location us-central1 --update-labels"
                        + " osmo-backend=train-west,osmo-region=us-central1,osmo-managed-by=osmo-backend-java");
    }

    /** Its node groups and network would go, and leave it without nodes. */
    @Test
    void a_cluster_that_has_lost_its_tags_keeps_its_nodes() {
        osmo.apply(osmo.plan(EKS));
        AwsClients aws = clouds.aws().open("us-west-2", EksSettings.defaults());
        Cluster cluster = aws.eks().describeCluster(r -> r.name("train-west")).cluster();
        aws.eks()
                .untagResource(
                        r -> r.resourceArn(cluster.arn()).tagKeys(cluster.tags().keySet()));

        Plan plan = osmo.planDestroy(EKS.ref());

        assertThat(plan.guards()).anySatisfy(guard -> {
            assertThat(guard.subject()).isEqualTo(cluster.arn());
            assertThat(guard.remedy())
                    .contains("aws eks tag-resource --resource-arn " + cluster.arn()
                            + " --tags osmo-backend=train-west,osmo-region=us-west-2");
        });
        assertThatExceptionOfType(GuardedException.class).isThrownBy(() -> osmo.apply(plan));
    }
}
