// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Observed.Ownership;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.tests.services.KubeApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real kube-apiserver. Namespaces cannot be deleted there, so each test has two of its own. */
class ClusterSideIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    private static final ResourceId CLUSTER = ResourceId.of("cluster", "main");
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    private static final DefaultStorageClass GP3 =
            new DefaultStorageClass("gp3", "ebs.csi.aws.com", Map.of("type", "gp3", "encrypted", "true"));
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String BETA_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";

    private final int test = TESTS.incrementAndGet();
    private final String backend = "backend-" + test;
    private final String operator = "operator-" + test;
    private final String workflows = "workflows-" + test;
    private final AtomicReference<String> password = new AtomicReference<>("first password");
    private final AtomicReference<String> token = new AtomicReference<>(TOKEN);
    private final VirtualTime time = VirtualTime.create();

    private KubernetesClient admin;
    private ClusterSide side;

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

    private BackendSpec spec() {
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

    private List<Resource<?>> graph() {
        return side.graph(spec(), Optional.of(GP3), Set.of());
    }

    private Map<ResourceId, Observed<?>> observe(ClusterAccess access) throws Exception {
        return time.await(side.observe(access, spec().ref(), Optional.of(spec())), Duration.ofMinutes(1));
    }

    private List<String> plan() throws Exception {
        return Convergence.diff(graph(), observe(SERVER.access()));
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

    private Namespace namespace(String name) {
        return admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        return metadata.getAnnotations();
    }

    @Test
    void a_second_apply_changes_nothing() throws Exception {
        List<Resource<?>> graph = graph();
        assertThat(graph).hasSize(12);

        assertThat(Convergence.of(graph))
                .filteredOn(effect -> effect.startsWith("create"))
                .as("all but the mark of the default class, which every cluster has")
                .hasSize(11);
        Map<ResourceId, String> versions = versions();

        assertThat(plan()).isEmpty();
        assertThat(Convergence.of(graph())).isEmpty();
        assertThat(versions()).isEqualTo(versions);
    }

    private Map<ResourceId, String> versions() throws Exception {
        return observe(SERVER.access()).entrySet().stream()
                .filter(e -> e.getValue().value() instanceof HasMetadata)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> ((HasMetadata) e.getValue().value()).getMetadata().getResourceVersion()));
    }

    @Test
    void a_plan_for_an_empty_cluster_creates_everything_but_the_default_mark() throws Exception {
        assertThat(plan()).hasSize(11).allMatch(line -> line.startsWith("create "));
    }

    @Test
    void storage_class_and_priority_classes_are_as_osmo_needs_them() {
        Convergence.of(graph());

        StorageClass gp3 = admin.storage().v1().storageClasses().withName("gp3").get();
        assertThat(gp3.getProvisioner()).isEqualTo("ebs.csi.aws.com");
        assertThat(gp3.getParameters()).isEqualTo(Map.of("type", "gp3", "encrypted", "true"));
        assertThat(gp3.getVolumeBindingMode()).isEqualTo("WaitForFirstConsumer");
        assertThat(gp3.getAllowVolumeExpansion()).isTrue();
        assertThat(gp3.getReclaimPolicy()).isEqualTo("Delete");
        assertThat(annotations(gp3.getMetadata())).containsEntry(DEFAULT, "true");
        assertThat(gp3.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "osmo-backend")
                .containsEntry("osmo-backend", backend);
        assertThat(Stream.of("osmo-high", "osmo-normal", "osmo-low")
                        .map(name -> admin.scheduling()
                                .v1()
                                .priorityClasses()
                                .withName(name)
                                .get()
                                .getValue()))
                .containsExactly(125, 100, 50);
    }

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

    private PriorityClass priorityClass() {
        return admin.scheduling().v1().priorityClasses().withName("osmo-high").get();
    }

    private List<String> diff(BackendSpec spec) throws Exception {
        return Convergence.diff(
                side.graph(spec, Optional.of(GP3), Set.of()),
                time.await(side.observe(SERVER.access(), spec.ref(), Optional.of(spec)), Duration.ofMinutes(1)));
    }

    @Test
    void pull_secrets_stand_in_both_namespaces_and_the_token_with_the_operator() {
        Convergence.of(graph());

        for (String namespace : List.of(operator, workflows)) {
            Secret secret = admin.secrets()
                    .inNamespace(namespace)
                    .withName("docker-io-pull")
                    .get();
            assertThat(secret.getType()).isEqualTo("kubernetes.io/dockerconfigjson");
            assertThat(decoded(secret, ".dockerconfigjson")).contains("https://index.docker.io/v1/");
            assertThat(admin.secrets()
                            .inNamespace(namespace)
                            .withName("nvcr-io-pull")
                            .get())
                    .isNotNull();
        }
        Secret tokenSecret = admin.secrets()
                .inNamespace(operator)
                .withName("osmo-backend-token-default")
                .get();
        assertThat(decoded(tokenSecret, "token")).isEqualTo(TOKEN);
    }

    private static String decoded(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)));
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
    void changed_parameters_replace_the_class() throws Exception {
        Convergence.of(graph());
        DefaultStorageClass encrypted = new DefaultStorageClass("gp3", "ebs.csi.aws.com", Map.of("type", "gp3"));

        List<Resource<?>> changed = side.graph(spec(), Optional.of(encrypted), Set.of());
        assertThat(Convergence.diff(changed, observe(SERVER.access())))
                .containsExactly("REPLACE storage-class/gp3 parameters.encrypted: true -> (none)");
        assertThat(Convergence.of(changed)).containsExactly("replace storage-class/gp3", "create storage-class/gp3");
        assertThat(admin.storage().v1().storageClasses().withName("gp3").get().getParameters())
                .isEqualTo(Map.of("type", "gp3"));
    }

    @Test
    void a_rotated_credential_is_an_update_that_shows_nothing() throws Exception {
        Convergence.of(graph());
        token.set(TOKEN.toUpperCase(Locale.ROOT));

        assertThat(plan())
                .containsExactly("IN_PLACE token-secret/" + operator
                        + "/osmo-backend-token-default data[token]: credential differs (redacted)"
                        + " -> credential of the spec (redacted)");
        assertThat(Convergence.of(graph())).hasSize(1);
        assertThat(decoded(
                        admin.secrets()
                                .inNamespace(operator)
                                .withName("osmo-backend-token-default")
                                .get(),
                        "token"))
                .isEqualTo(token.get());
        assertThat(observe(SERVER.access()).toString())
                .doesNotContain(
                        token.get(),
                        Base64.getEncoder().encodeToString(token.get().getBytes()));
    }

    @Test
    void a_malformed_token_is_refused_before_it_is_written() {
        token.set("too short");

        assertThatThrownBy(() -> Convergence.of(graph()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("osmo.token")
                .hasMessageNotContaining("too short");
        assertThat(admin.secrets()
                        .inNamespace(operator)
                        .withName("osmo-backend-token-default")
                        .get())
                .isNull();
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

    @Test
    void owned_objects_can_be_deleted() throws Exception {
        Convergence.of(graph());
        Inventory inventory = Inventory.of(observe(SERVER.access()), Map.of());

        side.owned(spec().ref(), inventory, CLUSTER).forEach(ClusterSideIT::delete);

        assertThat(observe(SERVER.access()).keySet())
                .extracting(ResourceId::toString)
                .containsExactlyInAnyOrder(
                        "default-storage-class/main",
                        "namespace/kube-system",
                        "namespace/" + operator,
                        "namespace/" + workflows);
        assertThat(admin.namespaces().withName(operator).get().getStatus().getPhase())
                .isEqualTo("Terminating");
    }

    private static <O> void delete(Deletable<O> deletable) {
        deletable.delete(deletable.read(Convergence.NOTHING_KNOWN).orElseThrow(), Convergence.NOTHING_KNOWN);
    }

    @Test
    void whoever_lacks_rights_is_told_what_is_missing() {
        ClusterAccess stranger =
                SERVER.access(() -> new ClusterAccess.Token(KubeApiServer.STRANGER_TOKEN, Instant.MAX));
        ClusterSide other = ClusterSide.open(time, state -> Optional.of(stranger));

        assertThatThrownBy(() -> observeAs(other, stranger))
                .hasRootCauseInstanceOf(KubernetesClientException.class)
                .satisfies(e -> {
                    CloudException cloud = cloudException(e);
                    assertThat(cloud.error()).isEqualTo(CloudError.NOT_AUTHORISED);
                    assertThat(cloud.code()).isEqualTo("Forbidden");
                    assertThat(cloud).hasMessageContaining("stranger").hasMessageContaining("list");
                    assertThat(cloud.remedy()).contains("cluster-admin");
                });
        other.close();
    }

    @Test
    void an_unknown_token_is_not_authorised() {
        ClusterAccess nobody = SERVER.access(() -> new ClusterAccess.Token("nobody", Instant.MAX));
        ClusterSide other = ClusterSide.open(time, state -> Optional.of(nobody));

        assertThatThrownBy(() -> observeAs(other, nobody))
                .satisfies(e -> assertThat(cloudException(e).error()).isEqualTo(CloudError.NOT_AUTHORISED));
        other.close();
    }

    private void observeAs(ClusterSide other, ClusterAccess access) throws Exception {
        time.await(other.observe(access, spec().ref(), Optional.of(spec())), Duration.ofMinutes(1));
    }

    private static CloudException cloudException(Throwable e) {
        Throwable cause = e;
        while (!(cause instanceof CloudException cloud)) {
            assertThat(cause.getCause()).as("cause of %s", cause).isNotNull();
            cause = cause.getCause();
        }
        return cloud;
    }

    @Test
    void nothing_is_in_a_cluster_that_is_not_there() {
        ClusterSide early = ClusterSide.open(time, state -> Optional.empty());

        Resource<?> first = early.graph(spec(), Optional.of(GP3), Set.of()).get(0);
        assertThat(first.read(Convergence.NOTHING_KNOWN)).isEmpty();
        assertThatThrownBy(() -> first.create(Convergence.NOTHING_KNOWN))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.NOT_YET_CONSISTENT));
        early.close();
    }
}
