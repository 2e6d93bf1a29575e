// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Observed.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a cluster already, or of others, on a real kube-apiserver. */
class SharedClusterSideIT extends RealClusterSide {
    private static final String BETA_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";

    @ParameterizedTest
    @CsvSource({"6.3.1, osmo-operator, osmo-compute", "6.4.0, osmo-compute, osmo-operator"})
    void helm_can_adopt_the_priority_classes_but_another_release_keeps_its_own(
            String release, String helm, String otherHelm) throws Exception {
        BackendSpec spec = spec().toBuilder()
                .osmo(o -> o.release(release).helmRelease(helm))
                .build();
        Convergence.of(side.graph(spec, Optional.of(GP3), Set.of()));

        assertThat(priorityClass().getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "Helm");
        assertThat(annotations(priorityClass().getMetadata()))
                .containsEntry("meta.helm.sh/release-name", helm)
                .containsEntry("meta.helm.sh/release-namespace", operator)
                .containsEntry("helm.sh/resource-policy", "keep");

        BackendSpec other = spec.toBuilder().osmo(o -> o.helmRelease(otherHelm)).build();
        assertThat(diff(other))
                .hasSize(3)
                .allMatch(line -> line.contains("release-name]: " + helm + " -> " + otherHelm));
        admin.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("osmo-high")
                        .addToAnnotations("meta.helm.sh/release-name", otherHelm)
                        .endMetadata()
                        .withValue(125)
                        .build())
                .fieldManager("helm")
                .forceConflicts()
                .serverSideApply();
        assertThat(diff(spec)).containsExactly("conflict priority-class/osmo-high");
        assertThatThrownBy(() -> Convergence.of(side.graph(spec, Optional.of(GP3), Set.of())))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.ALREADY_EXISTS));
    }

    @Test
    void a_field_of_another_manager_survives() throws Exception {
        Convergence.of(graph());
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("gp3")
                        .addToAnnotations("team", "robots")
                        .endMetadata()
                        .withProvisioner("ebs.csi.aws.com")
                        .build())
                .fieldManager("somebody-else")
                .serverSideApply();
        password.set("second password");

        assertThat(plan()).hasSize(4).allMatch(line -> line.contains("redacted"));
        admin.storage()
                .v1()
                .storageClasses()
                .withName("gp3")
                .edit(c -> new StorageClassBuilder(c)
                        .withAllowVolumeExpansion(false)
                        .build());
        assertThat(Convergence.of(graph())).contains("update storage-class/gp3").hasSize(5);

        StorageClass gp3 = admin.storage().v1().storageClasses().withName("gp3").get();
        assertThat(gp3.getAllowVolumeExpansion()).isTrue();
        assertThat(annotations(gp3.getMetadata())).containsEntry("team", "robots");
        assertThat(gp3.getMetadata().getManagedFields())
                .extracting("manager")
                .contains("osmo-backend", "somebody-else");
    }

    @Test
    void other_default_classes_are_demoted_and_otherwise_untouched() throws Exception {
        StorageClass stable = foreignClass("standard", DEFAULT);
        foreignClass("ancient", BETA_DEFAULT);

        List<String> effects = Convergence.of(graph());

        assertThat(effects)
                .filteredOn("update default-storage-class/main"::equals)
                .hasSize(2);
        StorageClass standard =
                admin.storage().v1().storageClasses().withName("standard").get();
        assertThat(annotations(standard.getMetadata())).isEqualTo(Map.of(DEFAULT, "false", "somebody", "else"));
        assertThat(standard.getMetadata().getUid())
                .isEqualTo(stable.getMetadata().getUid());
        assertThat(standard.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(annotations(admin.storage()
                        .v1()
                        .storageClasses()
                        .withName("ancient")
                        .get()
                        .getMetadata()))
                .containsEntry(BETA_DEFAULT, "false");
        assertThat(plan()).isEmpty();

        admin.storage()
                .v1()
                .storageClasses()
                .withName("standard")
                .edit(c -> new StorageClassBuilder(c)
                        .editMetadata()
                        .addToAnnotations(DEFAULT, "true")
                        .endMetadata()
                        .build());
        assertThat(plan())
                .containsExactly(
                        "IN_PLACE default-storage-class/main storageclass/standard: default -> not the default");
    }

    @Test
    void a_namespace_that_was_there_is_used_and_never_touched() throws Exception {
        Namespace before = namespace(operator);

        Convergence.of(graph());

        Map<ResourceId, Observed<?>> inventory = observe(SERVER.access());
        assertThat(inventory.get(id("namespace/" + operator)).ownership()).isEqualTo(Ownership.EXISTING);
        assertThat(inventory.get(id("namespace/" + workflows)).ownership()).isEqualTo(Ownership.OURS);
        assertThat(admin.namespaces().withName(operator).get()).isEqualTo(before);
        assertThat(side.owned(spec().ref(), Inventory.of(inventory, Map.of()), CLUSTER))
                .extracting(deletable -> deletable.id().toString())
                .contains("namespace/" + workflows, "pull-secret/" + operator + "/nvcr-io-pull", "storage-class/gp3")
                .doesNotContain("namespace/" + operator, "default-storage-class/main");
        assertThat(plan()).isEmpty();
    }

    @Test
    void names_that_others_have_taken_are_conflicts() throws Exception {
        foreignClass("gp3", "nothing");
        namespace(operator);
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(operator)
                        .withName("nvcr-io-pull")
                        .endMetadata()
                        .addToData("a", "YQ==")
                        .build())
                .create();

        assertThat(plan())
                .filteredOn(line -> line.startsWith("conflict"))
                .containsExactlyInAnyOrder(
                        "conflict storage-class/gp3", "conflict pull-secret/" + operator + "/nvcr-io-pull");
        assertThatThrownBy(() -> Convergence.of(graph()))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.ALREADY_EXISTS));
        assertThat(admin.storage().v1().storageClasses().withName("gp3").get().getProvisioner())
                .isEqualTo("example.com/disk");
    }

    @Test
    void priority_classes_of_a_chart_are_used_as_they_are() throws Exception {
        admin.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("osmo-high")
                        .endMetadata()
                        .withValue(126)
                        .build())
                .create();

        assertThat(Convergence.of(graph())).doesNotContain("create priority-class/osmo-high");
        assertThat(plan()).isEmpty();
        assertThat(admin.scheduling()
                        .v1()
                        .priorityClasses()
                        .withName("osmo-high")
                        .get()
                        .getValue())
                .isEqualTo(126);
    }

    private ResourceId id(String text) {
        return ResourceId.parse(text);
    }

    private StorageClass foreignClass(String name, String annotation) {
        return admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations(annotation, "true")
                        .addToAnnotations("somebody", "else")
                        .endMetadata()
                        .withProvisioner("example.com/disk")
                        .build())
                .create();
    }

    private PriorityClass priorityClass() {
        return admin.scheduling().v1().priorityClasses().withName("osmo-high").get();
    }
}
