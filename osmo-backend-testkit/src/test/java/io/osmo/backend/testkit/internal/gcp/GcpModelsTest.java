// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.gkebackup.v1.UpdateBackupPlanRequest;
import com.google.cloud.kms.v1.CreateKeyRingRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.UpdateCryptoKeyRequest;
import com.google.container.v1.Cluster;
import com.google.container.v1.CreateClusterRequest;
import com.google.container.v1.DatabaseEncryption;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.fault.Call;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GcpModelsTest {
    private static final FieldMask LABELS =
            FieldMask.newBuilder().addPaths("labels").build();

    static Stream<Arguments> planted_violations() {
        return Stream.of(
                Arguments.of(
                        "required message missing",
                        CreateClusterRequest.newBuilder().setParent("p").build(),
                        "cluster is required"),
                Arguments.of(
                        "required text missing",
                        UpdateNodePoolRequest.newBuilder().setName("n").build(),
                        "node_version is required"),
                Arguments.of(
                        "required text of another service missing",
                        CreateKeyRingRequest.newBuilder().setParent("p").build(),
                        "key_ring_id is required"),
                Arguments.of(
                        "output only",
                        CreateClusterRequest.newBuilder()
                                .setCluster(Cluster.newBuilder().setStatus(Cluster.Status.RUNNING))
                                .build(),
                        "cluster.status is set by the service only"),
                Arguments.of(
                        "output only, further down",
                        CreateClusterRequest.newBuilder()
                                .setCluster(Cluster.newBuilder()
                                        .setDatabaseEncryption(DatabaseEncryption.newBuilder()
                                                .setCurrentState(
                                                        DatabaseEncryption.CurrentState.CURRENT_STATE_ENCRYPTED)))
                                .build(),
                        "database_encryption.current_state is set by the service only"),
                Arguments.of(
                        "output only by its comment",
                        InsertNetworkRequest.newBuilder()
                                .setProject("p")
                                .setNetworkResource(Network.newBuilder().setSelfLink("x"))
                                .build(),
                        "network_resource.self_link is set by the service only"),
                Arguments.of(
                        "output only in an update",
                        UpdateCryptoKeyRequest.newBuilder()
                                .setCryptoKey(CryptoKey.newBuilder()
                                        .setName("k")
                                        .setCreateTime(com.google.protobuf.Timestamp.getDefaultInstance()))
                                .setUpdateMask(LABELS)
                                .build(),
                        "crypto_key.create_time is set by the service only"),
                Arguments.of(
                        "an update without its mask",
                        UpdateCryptoKeyRequest.newBuilder()
                                .setCryptoKey(CryptoKey.newBuilder().setName("k"))
                                .build(),
                        "update_mask is required"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted_violations")
    void a_planted_violation_is_refused(String kind, Message request, String expected) {
        GcpModels models = GcpModels.create();

        assertThatThrownBy(() -> models.request(new Call(1, Instant.EPOCH, "x.Y", false, request)))
                .hasMessageContaining(expected);
        assertThat(models.violations()).hasSize(1);
    }

    static Stream<Message> good_requests() {
        return Stream.of(
                InsertNetworkRequest.newBuilder()
                        .setProject("p")
                        .setNetworkResource(Network.newBuilder().setName("n").setAutoCreateSubnetworks(false))
                        .build(),
                SetNodePoolSizeRequest.newBuilder().setName("n").setNodeCount(0).build(),
                UpdateCryptoKeyRequest.newBuilder()
                        .setCryptoKey(CryptoKey.newBuilder().setName("k").putLabels("a", "b"))
                        .setUpdateMask(LABELS)
                        .build(),
                UpdateBackupPlanRequest.newBuilder()
                        .setBackupPlan(BackupPlan.newBuilder().setName("p").putLabels("a", "b"))
                        .setUpdateMask(LABELS)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("good_requests")
    void a_good_request_passes(Message request) {
        GcpModels models = GcpModels.create();

        models.request(new Call(1, Instant.EPOCH, "x.Y", false, request));

        assertThat(models.violations()).isEmpty();
    }
}
