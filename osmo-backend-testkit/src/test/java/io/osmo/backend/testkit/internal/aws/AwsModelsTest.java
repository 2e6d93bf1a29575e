// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.aws.Models;
import io.osmo.backend.testkit.fault.Call;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.ListClustersRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;

class AwsModelsTest {
    static Stream<Arguments> planted_violations() {
        return Stream.of(
                Arguments.of(
                        "required member missing",
                        "eks",
                        "CreateCluster",
                        CreateClusterRequest.builder().name("a").roleArn("r").build(),
                        "CreateCluster.resourcesVpcConfig is required"),
                Arguments.of(
                        "pattern broken",
                        "eks",
                        "CreateCluster",
                        CreateClusterRequest.builder()
                                .name("-a")
                                .roleArn("r")
                                .resourcesVpcConfig(v -> v.subnetIds("s"))
                                .build(),
                        "CreateCluster.name does not match"),
                Arguments.of(
                        "text too long",
                        "iam",
                        "CreateRole",
                        CreateRoleRequest.builder()
                                .roleName("r".repeat(65))
                                .assumeRolePolicyDocument("{}")
                                .build(),
                        "RoleName has 65 characters, at most 64"),
                Arguments.of(
                        "number out of range",
                        "kms",
                        "ScheduleKeyDeletion",
                        ScheduleKeyDeletionRequest.builder()
                                .keyId("k")
                                .pendingWindowInDays(400)
                                .build(),
                        "PendingWindowInDays is 400, at most 365"),
                Arguments.of(
                        "number below range",
                        "eks",
                        "ListClusters",
                        ListClustersRequest.builder().maxResults(0).build(),
                        "maxResults is 0, at least 1"),
                Arguments.of(
                        "unknown enum value",
                        "eks",
                        "CreateNodegroup",
                        CreateNodegroupRequest.builder()
                                .clusterName("c")
                                .nodegroupName("n")
                                .nodeRole("r")
                                .subnets("s")
                                .amiType("AL1")
                                .build(),
                        "amiType is 'AL1'"),
                Arguments.of(
                        "nested member missing its own",
                        "eks",
                        "CreateNodegroup",
                        CreateNodegroupRequest.builder()
                                .clusterName("c")
                                .nodegroupName("n")
                                .nodeRole("r")
                                .subnets("s")
                                .scalingConfig(s -> s.minSize(-1))
                                .build(),
                        "scalingConfig.minSize is -1, at least 0"),
                Arguments.of(
                        "member of another request",
                        "eks",
                        "DescribeCluster",
                        CreateClusterRequest.builder().name("a").roleArn("r").build(),
                        "DescribeCluster.roleArn is not in the model"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted_violations")
    void a_planted_violation_is_refused(
            String kind, String service, String operation, SdkPojo request, String expected) {
        AwsModels models = Models.load();

        assertThatThrownBy(() -> models.request(call(service + ":" + operation, request)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(expected);
        assertThat(models.violations()).hasSize(1);
    }

    private static Call call(String operation, SdkPojo request) {
        return new Call(1, Instant.EPOCH, operation, false, request);
    }

    @Test
    void a_good_request_passes() {
        AwsModels models = Models.load();

        models.request(call(
                "eks:ListClusters",
                ListClustersRequest.builder().maxResults(100).build()));

        assertThat(models.violations()).isEmpty();
    }
}
