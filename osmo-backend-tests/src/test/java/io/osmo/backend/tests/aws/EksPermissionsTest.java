// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.backup.model.CreateBackupSelectionRequest;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultRequest;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.CreatePodIdentityAssociationRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;

/** The policies of IAM that an EKS backend needs. */
class EksPermissionsTest {
    private static final int LIMIT = 6_144;

    private final BackendSpec spec = BackendSpec.builder("train-west")
            .on("aws", "us-west-2")
            .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
            .build();

    private static List<JsonNode> statements(Permissions permissions) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (var document : permissions.documents()) {
            new ObjectMapper().readTree(document.text()).path("Statement").forEach(all::add);
        }
        return all;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> all = new TreeSet<>();
        list.forEach(each -> all.add(each.asText()));
        return all;
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void policies_grant_the_actions_and_fit_into_the_limit(Use use) throws Exception {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            Permissions permissions = osmo.permissions(spec, use);

            Set<String> granted = new TreeSet<>();
            statements(permissions).forEach(statement -> granted.addAll(texts(statement.path("Action"))));
            assertThat(granted).isEqualTo(permissions.actions());
            assertThat(permissions.documents())
                    .isNotEmpty()
                    .allMatch(document -> document.text().replaceAll("\\s", "").length() <= LIMIT);
        }
    }

    @Test
    void roles_are_passed_by_path_and_to_named_services_only() throws Exception {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            JsonNode pass = statements(osmo.permissions(spec, Use.APPLY)).stream()
                    .filter(statement -> texts(statement.path("Action")).contains("iam:PassRole"))
                    .findFirst()
                    .orElseThrow();

            assertThat(texts(pass.path("Resource")))
                    .containsExactly("arn:aws:iam::*:role/osmo-backend/us-west-2/train-west/*");
            assertThat(texts(pass.at("/Condition/StringEquals/iam:PassedToService")))
                    .contains("eks.amazonaws.com", "pods.eks.amazonaws.com");
        }
    }

    @Test
    void changes_are_limited_to_what_the_backend_owns() throws Exception {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            List<JsonNode> statements = statements(osmo.permissions(spec, Use.DESTROY));

            assertThat(statements)
                    .filteredOn(statement -> texts(statement.path("Action")).contains("ec2:DeleteVpc"))
                    .singleElement()
                    .satisfies(statement -> assertThat(
                                    statement.at("/Condition/StringEquals").toString())
                            .isEqualTo("{\"aws:ResourceTag/osmo-backend\":\"train-west\"}"));
        }
    }

    /** A plan needs no more than its changes do, and names the account; the ARNs in policies are those of the calls. */
    @Test
    void a_plan_asks_for_its_own_changes_only() {
        try (VirtualTime time = VirtualTime.seeded(1);
                EmulatedAws aws = EmulatedAws.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(aws.provider())
                        .scheduler(time)
                        .build()) {
            Plan creation = osmo.plan(spec);
            aws.allowOnly(osmo.permissions(creation));
            osmo.apply(creation);
            Plan scaled = osmo.plan(
                    spec.toBuilder().changePool("cpu", p -> p.scale(2, 4)).build());

            Permissions needed = osmo.permissions(scaled);

            assertThat(osmo.permissions(creation).actions()).contains("eks:CreateCluster", "iam:PassRole");
            assertThat(needed.actions())
                    .contains("eks:UpdateNodegroupConfig", "eks:DescribeCluster")
                    .noneMatch(action -> action.contains(":Create")
                            && !action.startsWith("ec2:CreateTags")
                            && !action.equals("autoscaling:CreateOrUpdateTags"));
            assertThat(needed.toString()).contains("arn:aws:eks:us-west-2:123456789012:cluster/train-west");
            aws.allowOnly(needed);
            osmo.apply(scaled);

            assertThat(passedRoles(aws))
                    .hasSizeGreaterThan(3)
                    .allMatch(role -> resources(osmo, "iam:PassRole").stream().anyMatch(role::matches));
            assertThat(requests(aws, CreateBackupVaultRequest.class))
                    .allMatch(vault -> resources(osmo, "backup:CreateBackupVault").stream()
                            .anyMatch(("arn:aws:backup:us-west-2:1:backup-vault:" + vault.backupVaultName())::matches));
            assertThat(requests(aws, CreateAliasRequest.class))
                    .allMatch(alias -> resources(osmo, "kms:CreateAlias").stream()
                            .anyMatch(("arn:aws:kms:us-west-2:1:" + alias.aliasName())::matches));
        }
    }

    /** The same actions, on the cluster and the roles of another backend. */
    @Test
    void policies_of_one_backend_do_not_let_another_be_made() {
        BackendSpec other = BackendSpec.builder("train-east")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
        try (VirtualTime time = VirtualTime.seeded(1);
                EmulatedAws aws = EmulatedAws.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(aws.provider())
                        .scheduler(time)
                        .build()) {
            Plan plan = osmo.plan(other);
            aws.allowOnly(osmo.permissions(osmo.plan(spec)));

            assertThatThrownBy(() -> osmo.apply(plan)).hasMessageContaining("is not authorized to perform");
        }
    }

    /** ARNs in the policies, as regular expressions. */
    private List<String> resources(OsmoBackends osmo, String action) {
        try {
            return statements(osmo.permissions(spec, Use.APPLY)).stream()
                    .filter(statement -> texts(statement.path("Action")).contains(action))
                    .flatMap(statement -> texts(statement.path("Resource")).stream())
                    .map(arn -> Pattern.quote(arn).replace("*", "\\E.*\\Q"))
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <R> List<R> requests(EmulatedAws aws, Class<R> type) {
        return aws.calls().stream()
                .map(call -> call.request(Object.class))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Set<String> passedRoles(EmulatedAws aws) {
        Set<String> roles = new TreeSet<>();
        requests(aws, CreateClusterRequest.class).forEach(r -> roles.add(r.roleArn()));
        requests(aws, CreateNodegroupRequest.class).forEach(r -> roles.add(r.nodeRole()));
        requests(aws, CreatePodIdentityAssociationRequest.class).forEach(r -> roles.add(r.roleArn()));
        requests(aws, CreateBackupSelectionRequest.class)
                .forEach(r -> roles.add(r.backupSelection().iamRoleArn()));
        return roles;
    }
}
