// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.KeyRing;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.permission.Use;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The custom roles that a GKE backend needs, and where they are bound. */
class GkePermissionsTest {
    private static final String HOST = "net-host";
    private static final String SAFE = "key-safe";
    private static final String AGENT = "serviceAccount:service-123456789012@";
    private static final String ACT_AS = "iam.serviceAccounts.actAs";

    /** A Shared VPC, and a key of a third project that the agents of GKE and Compute Engine may use. */
    private static BackendSpec inThreeProjects(GkeBackend gke) {
        gke.gcp().plantNetwork(HOST, REGION, "shared", "nodes", Map.of("a", "10.64.0.0/14", "b", "10.8.0.0/20"));
        KeyRing ring = gke.clients
                .keys()
                .createKeyRing("projects/" + SAFE + "/locations/" + REGION, "ring", KeyRing.getDefaultInstance());
        CryptoKey key = gke.clients
                .keys()
                .createCryptoKey(
                        ring.getName(),
                        "key",
                        CryptoKey.newBuilder()
                                .setPurpose(CryptoKey.CryptoKeyPurpose.ENCRYPT_DECRYPT)
                                .build());
        var unused = gke.clients
                .keys()
                .setIamPolicy(SetIamPolicyRequest.newBuilder()
                        .setResource(key.getName())
                        .setPolicy(Policy.newBuilder()
                                .addBindings(Binding.newBuilder()
                                        .setRole("roles/cloudkms.cryptoKeyEncrypterDecrypter")
                                        .addMembers(AGENT + "container-engine-robot.iam.gserviceaccount.com")
                                        .addMembers(AGENT + "compute-system.iam.gserviceaccount.com")))
                        .build());
        return spec(s -> s.network(n -> n.existing(
                        "projects/" + HOST + "/global/networks/shared",
                        "projects/" + HOST + "/regions/" + REGION + "/subnetworks/nodes"))
                .encryption(e -> e.existingKey(key.getName())));
    }

    @Test
    void what_is_in_other_projects_gets_a_role_there() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = inThreeProjects(gke);
            Permissions permissions = gke.osmo.permissions(spec, Use.APPLY);

            assertThat(permissions.documents())
                    .extracting(PolicyDocument::command)
                    .satisfiesExactly(
                            own -> assertThat(own)
                                    .contains(
                                            "--project=PROJECT --file=FILE && gcloud projects add-iam-policy-binding PROJECT"
                                                    + " --member=MEMBER --role=projects/PROJECT/roles/"),
                            host -> assertThat(host).contains("gcloud projects add-iam-policy-binding " + HOST + " "),
                            key -> assertThat(key)
                                    .contains("gcloud kms keys add-iam-policy-binding projects/" + SAFE + "/locations/"
                                            + REGION + "/keyRings/ring/cryptoKeys/key "));
            gke.gcp().allowOnly(permissions);
            gke.applied(spec);
        }
    }

    /** The same permission in the project of the backend does not count. */
    @ParameterizedTest
    @CsvSource({"network, compute.subnetworks.get", "key, cloudkms.cryptoKeys.get"})
    void without_the_binding_elsewhere_a_plan_is_refused(String place, String permission) {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec spec = inThreeProjects(gke);
            Permissions all = gke.osmo.permissions(spec, Use.APPLY);
            List<PolicyDocument> others = all.documents().stream()
                    .filter(document -> !document.name().endsWith("_" + place))
                    .toList();
            assertThat(others).hasSize(2);

            gke.gcp().allowOnly(Permissions.of(all.ref(), all.use(), all.actions(), others));

            assertThatThrownBy(() -> gke.osmo.plan(spec))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining(permission);
        }
    }

    @Test
    void acting_as_a_service_account_can_be_limited_to_that_of_the_nodes() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            String nodes = gke.pool("cpu").getConfig().getServiceAccount();
            BackendSpec more = spec(s ->
                    s.computePool("more", p -> p.instanceType("n2-standard-8").scale(0, 1)));
            Permissions all = gke.osmo.permissions(more, Use.UPKEEP);

            gke.gcp().allowOnly(actingAs(all, "other@" + gke.clients.project() + ".iam.gserviceaccount.com", gke));
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(more)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining(ACT_AS);

            gke.gcp().allowOnly(actingAs(all, nodes, gke));
            gke.applied(more);
        }
    }

    /** The same permissions, except that those on service accounts are for one of them. */
    private static Permissions actingAs(Permissions all, String account, GkeBackend gke) {
        Stream<PolicyDocument> project = all.documents().stream()
                .map(each -> new PolicyDocument(
                        each.name(), each.command(), each.text().replace("\"" + ACT_AS + "\", ", "")));
        PolicyDocument one = new PolicyDocument(
                "act_as",
                "gcloud iam service-accounts add-iam-policy-binding projects/" + gke.clients.project()
                        + "/serviceAccounts/" + account + " --member=MEMBER --role=projects/p/roles/act_as",
                "{\"includedPermissions\": [\"" + ACT_AS + "\"]}");
        return Permissions.of(
                all.ref(),
                all.use(),
                all.actions(),
                Stream.concat(project, Stream.of(one)).toList());
    }
}
