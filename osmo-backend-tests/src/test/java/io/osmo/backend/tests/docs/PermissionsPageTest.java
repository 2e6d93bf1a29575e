// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.permission.Use;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/permissions.md} has each action of each use, as the library tells them. */
class PermissionsPageTest {
    private static final Path PAGE = Repository.ROOT.resolve("docs/permissions.md");
    private static final Path MADE = Path.of("target/permissions.md");

    private static final String INTRODUCTION = """
            # Permissions

            What your credentials must be allowed to do in a cloud. `osmo.permissions(spec, Use.APPLY)` returns this for one spec, and
            `osmo.permissions(plan)` for one plan, without calls to the cloud and without credentials. The result has the exact `actions()`,
            and in `documents()` least-privilege policies that grant these actions and nothing else, each with the command that creates it.

            ```java
            Permissions needed = osmo.permissions(spec, Use.APPLY);
            System.out.println(needed);                         // IAM policies, or a custom role, as JSON
            needed.documents().forEach(d -> System.out.println(d.name() + ": " + d.command()));
            ```

            | use | what for |
            |---|---|
            | `PLAN` | plan, preflight, list, get |
            | `APPLY` | create a backend, and resume an apply that was interrupted |
            | `UPKEEP` | apply another spec to an existing backend |
            | `VERIFY` | read the cloud's facts for a verification |
            | `DESTROY` | destroy a backend, and what its cluster leaves behind |

            Work inside the cluster needs permissions there: `BackendVerifier.requiredRbac()` returns those for verification. The tests of
            all providers run with exactly these permissions, on emulated clouds that refuse everything else.

            In the tables, `x` is an action that a simple spec needs, and `o` one that only some specs need: with existing keys or networks,
            administrators, reservations, private endpoints or settings of the provider. `PermissionsPageTest` generates this page: change
            the `NEEDS` of a resource, not this page.
            """;

    private final OsmoBackends osmo = OsmoBackends.open();

    @Test
    void page_says_what_each_use_needs() throws IOException {
        String made = INTRODUCTION
                + section(
                        "Amazon EKS",
                        "IAM policies name the region, the account, the role path and the names of the backend;\n"
                                + "for `iam:PassRole` and `iam:CreateServiceLinkedRole` also the services. Actions that create something\n"
                                + "require the ownership tag in the request (`aws:RequestTag/osmo-backend`). Actions that change or\n"
                                + "delete something require it on the object (`aws:ResourceTag/osmo-backend`), or the tag with which\n"
                                + "controllers of the cluster mark volumes, security groups and load balancers. These conditions are\n"
                                + "not possible for KMS aliases, for the log group and the network interfaces that EKS and its CNI\n"
                                + "leave behind, and for the policy of an access entry, which may be that of the creator of the\n"
                                + "cluster. A policy that is longer than 6,144 characters is split.",
                        aws().build(),
                        aws().admin("arn:aws:iam::123456789012:role/Admin")
                                .network(n -> n.privateServiceEndpoints(true))
                                .gpuPool(
                                        "gpu",
                                        p -> p.instanceType("p5.48xlarge")
                                                .zones("us-west-2a")
                                                .reservation("cr-0123456789abcdef0"))
                                .settings(EksSettings.builder()
                                        .pool("gpu", p -> p.withEfa(true).withPlacementGroup(true))
                                        .build())
                                .build(),
                        aws().encryption(e -> e.existingKey(
                                        "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555"))
                                .build())
                + section(
                        "Google Kubernetes Engine",
                        "A custom role, bound to the project of the backend. An existing network, key or reservation in another\n"
                                + "project gets a custom role of its own, which is bound there: to the host project, to the key, or to\n"
                                + "the project of the reservation. The same permission in the project of the backend has no effect there.\n"
                                + "`iam.serviceAccounts.actAs` may be bound to the service account of the nodes instead of the project,\n"
                                + "once that account exists. The apply that creates the account needs it on the project.",
                        gcp().build(),
                        gcp().admin("serviceAccount:robot@p.iam.gserviceaccount.com")
                                .settings(GkeSettings.builder()
                                        .enableServices(true)
                                        .build())
                                .gpuPool(
                                        "gpu",
                                        p -> p.instanceType("a3-highgpu-8g").reservation("h100"))
                                .build(),
                        gcp().network(n -> n.existing("default", "default")).build())
                + section(
                        "Azure Kubernetes Service",
                        "A custom role for each scope: the subscription, and the resource groups of existing objects. All calls go to"
                                + " Azure\nResource Manager, so there are no data actions.",
                        azure().build(),
                        azure().settings(AksSettings.builder()
                                        .localAccounts(true)
                                        .build())
                                .gpuPool(
                                        "gpu",
                                        p -> p.instanceType("Standard_ND96isr_H100_v5")
                                                .reservation("/subscriptions/s/resourceGroups/g/providers/"
                                                        + "Microsoft.Compute/capacityReservationGroups/h100"))
                                .build(),
                        azure().deletionProtection(true).build());
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, made);
        assertThat(Files.exists(PAGE) ? Repository.read(PAGE) : "")
                .as("docs/permissions.md is outdated: cp osmo-backend-tests/target/permissions.md docs/permissions.md")
                .isEqualTo(made);
    }

    private static BackendSpecBuilder aws() {
        return spec("aws", "us-west-2", "m7i.2xlarge");
    }

    private static BackendSpecBuilder gcp() {
        return spec("gcp", "us-central1", "n2-standard-8");
    }

    private static BackendSpecBuilder azure() {
        return spec("azure", "eastus2", "Standard_D8s_v5");
    }

    private static BackendSpecBuilder spec(String provider, String region, String machine) {
        return BackendSpec.builder("train-west")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(machine).scale(1, 2));
    }

    private String section(String title, String limits, BackendSpec usual, BackendSpec... others) {
        Set<String> actions = new TreeSet<>();
        Stream.concat(Stream.of(usual), Stream.of(others))
                .forEach(spec -> Stream.of(Use.values()).forEach(use -> actions.addAll(actions(spec, use))));
        StringBuilder page = new StringBuilder("\n## " + title + "\n\n" + limits + "\n\n| action |");
        Stream.of(Use.values())
                .forEach(use -> page.append(' ').append(use.word()).append(" |"));
        page.append("\n|---").append("|---".repeat(Use.values().length)).append("|\n");
        for (String action : actions) {
            page.append("| `").append(action).append("` |");
            for (Use use : Use.values()) {
                boolean always = actions(usual, use).contains(action);
                boolean some =
                        Stream.of(others).anyMatch(spec -> actions(spec, use).contains(action));
                page.append(always ? " x |" : some ? " o |" : " |");
            }
            page.append('\n');
        }
        return page + "\nCreated with: "
                + osmo.permissions(usual, Use.PLAN).documents().stream()
                        .map(PolicyDocument::command)
                        .map(command -> "`" + command.replace(" && ", "` and\n`") + "`")
                        .collect(Collectors.joining(", "))
                + "\n";
    }

    private Set<String> actions(BackendSpec spec, Use use) {
        return osmo.permissions(spec, use).actions();
    }
}
