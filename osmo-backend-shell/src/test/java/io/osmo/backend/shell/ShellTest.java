// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
    private static final String SPEC = """
            name: train-west
            provider: aws
            region: us-west-2
            deletionProtection: false
            computePools:
              - name: cpu
                instanceTypes: [m7i.2xlarge]
                scale: {min: 1, max: 2}
            """;

    @TempDir
    Path folder;

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final List<String> questions = new ArrayList<>();
    private Optional<UnaryOperator<String>> ask = Optional.empty();
    private String out = "";
    private String err = "";
    private String spec = "";

    @BeforeEach
    void writeSpec() throws IOException {
        spec = file("train-west.yaml", SPEC);
    }

    @AfterEach
    void close() {
        clouds.close();
    }

    @Test
    void a_backend_lives_from_plan_to_destruction() throws IOException {
        String stored = folder.resolve("stored.json").toString();
        Path page = folder.resolve("report.html");

        assertThat(run("preflight", spec)).isZero();
        assertThat(out).contains("Preflight of aws/us-west-2/train-west");

        assertThat(run("plan", spec, "--cost", "-o", stored)).isZero();
        assertThat(out)
                .contains("Plan for backend aws/us-west-2/train-west")
                .contains("+ eks-cluster/main")
                .contains("an hour (AWS Price List, read on 20");

        assertThat(run("apply", stored)).isZero();
        assertThat(err).contains("created eks-cluster/main");

        assertThat(run("list", "aws", "us-west-2")).isZero();
        assertThat(out).isEqualToIgnoringNewLines("aws/us-west-2/train-west");

        assertThat(run("get", "aws/us-west-2/train-west", "--output", "json")).isZero();
        assertThat(out).contains("\"backend\":\"aws/us-west-2/train-west\"").contains("\"endpoint\":\"http");

        assertThat(run("diagnose", spec)).isZero();
        assertThat(out).contains("Nodes of aws/us-west-2/train-west: all have joined");
        assertThat(run("diagnose", "aws/us-west-2/train-west", "--output", "json"))
                .isZero();
        assertThat(out).contains("\"status\" : \"JOINED\"");

        assertThat(run("verify", spec, "--html", page.toString())).isZero();
        assertThat(out).contains("PASSED").contains("aws/us-west-2/train-west");
        assertThat(out)
                .containsPattern(
                        "To look at more:\n  --probe\n      \\d+ checks that need a probe inside the cluster\n")
                .containsPattern("  --osmo-url URL\n      \\d+ checks that need the OSMO service\n");
        assertThat(page).content().contains("<html").contains("train-west");

        try (EmulatedOsmoService service = EmulatedOsmoService.on(clouds.time())) {
            String token = file("token", "not-a-real-token-but-as-long-as-one-has-to-\n");
            service.credential("train-west", "not-a-real-token-but-as-long-as-one-has-to-");
            String registered = file(
                    "registered.yaml",
                    SPEC + "osmo: {release: 6.4.0, serviceUrl: 'https://osmo.example.com', token: {file: '" + token
                            + "'}}\n");
            String url = service.url().toString();

            assertThat(run("verify", registered, "--osmo-url", url)).isEqualTo(ExitCode.FAILED);
            assertThat(out)
                    .contains("\nOSMO does not accept train-west: the OSMO service knows no backend train-west\n")
                    .doesNotContain("--osmo-url");
            assertThat(run("preflight", registered, "--osmo-url", url, "--osmo-token-file", token))
                    .isZero();
            assertThat(out).contains("PASS     preflight.osmo-name");
        }

        assertThat(run("destroy", spec, "--yes", "--output", "json")).isZero();
        List<String> lines = out.lines().toList();
        int last = lines.size() - 1;
        assertThat(lines.subList(0, last))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        line -> assertThat(line).startsWith("{\"at\":\"2026-").contains("\"event\":\""));
        assertThat(lines.get(last - 1)).contains("\"event\":\"ApplyFinished\"").contains("\"result\":\"SUCCEEDED\"");
        assertThat(lines.get(last))
                .startsWith("{\"backend\":\"aws/us-west-2/train-west\"")
                .contains("\"leftovers\":[\"kms-key ");

        assertThat(run("get", spec)).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("There is no backend aws/us-west-2/train-west.");
    }

    @Test
    void nothing_is_done_without_consent() {
        assertThat(run("apply", spec)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err).contains("add --yes");

        ask = Optional.of(question -> {
            questions.add(question);
            return "yes";
        });
        assertThat(run("apply", spec)).isEqualTo(ExitCode.CANCELLED);
        assertThat(questions).singleElement().asString().contains("(train-west)");
        assertThat(err).contains("Nothing was changed.");

        assertThat(run("list", "aws", "us-west-2")).isZero();
        assertThat(out).isEmpty();
    }

    @Test
    void the_name_of_the_backend_is_consent() {
        ask = Optional.of(question -> "train-west");

        assertThat(run("apply", spec)).isZero();

        assertThat(run("plan", spec, "--output", "json")).isZero();
        assertThat(out).contains("\"changes\" : [ ]");
    }

    @Test
    void what_may_happen_to_running_work_is_an_option() throws IOException {
        assertThat(run("apply", spec, "--yes")).isZero();
        String renamed = file("renamed.yaml", SPEC.replace("name: cpu", "name: other"));

        assertThat(run("plan", renamed)).isZero();
        assertThat(out).containsOnlyOnce("--allow outage on the command line");
        // Refused without a question.
        assertThat(run("apply", renamed)).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("repeat the command with --allow OUTAGE").doesNotContain("ApplyOptions");

        assertThat(run("apply", renamed, "--yes", "--allow", "OUTAGE")).isZero();
    }

    @Test
    void everything_wrong_with_a_spec_is_told_and_its_use_is_an_error_of_input() throws IOException {
        String wrong = file("wrong.yaml", SPEC.replace("max: 2", "max: -1").replace("region:", "regoin:"));

        assertThat(run("plan", wrong)).isEqualTo(ExitCode.UNUSABLE);

        assertThat(out).isEmpty();
        assertThat(err)
                .containsSubsequence(
                        wrong + ":3:1: regoin\n    given    an unknown field\n",
                        wrong + ":8:21: computePools[0].scale.max (CN-2)\n    given    -1\n");
    }

    @Test
    void what_a_plan_finds_wrong_has_its_line_too() throws IOException {
        String tagged = file("tagged.yaml", SPEC + "tags:\n  team: robots\n  \"aws:team\": robots\n");

        assertThat(run("plan", tagged)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err).contains(tagged + ":11:3: tags[\"aws:team\"]");

        assertThat(run("preflight", tagged)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(run("apply", tagged, "--yes")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err).contains(tagged + ":11:3: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bulid x",
                "plan",
                "plan missing.yaml",
                "plan --destroy --cost aws/us-west-2/train-west",
                "plan aws/us-west-2/train-west",
                "get train-west",
                "verify aws/us-west-2/train-west",
                "verify --only no.such-check --kubeconfig missing",
                "verify --only , --kubeconfig missing",
                "verify --html no/such/folder --kubeconfig missing",
                "verify --osmo-token-env TOKEN --kubeconfig missing",
                "verify --osmo-url https://osmo.example.com --osmo-token-env A --osmo-token-file b --kubeconfig missing",
                "verify --html same --json same --kubeconfig missing",
                "get specs/prod.yaml",
                "get aws/us-west-2/train.json",
                "list aws us/west",
                "rbac --output json",
                "@missing",
                "verify --kubeconfig missing",
                "explain no.such-check",
                "demo moon",
                "serve --per-request -1",
                "serve --per-request soon",
                "list moon us-west-2"
            })
    void unusable_arguments_have_an_exit_code_of_their_own(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCode.UNUSABLE);

        assertThat(out).isEmpty();
        assertThat(err).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void waivers_that_cannot_be_read_are_all_told_with_their_lines() throws IOException {
        String waivers = file("waivers", "# accepted\nnode.pressure tomorrow disks\n\nnode.pressure\n");

        assertThat(run("verify", "--waive", waivers)).isEqualTo(ExitCode.UNUSABLE);

        assertThat(err).contains(waivers + ":2: tomorrow").contains(waivers + ":4: expected");
    }

    @Test
    void output_that_nothing_reads_any_more_ends_quietly_and_a_full_disk_does_not() {
        for (String reason : List.of("Broken pipe", "No space left on device")) {
            StandardOutput output = new StandardOutput(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException(reason);
                }
            });
            StringWriter errors = new StringWriter();
            Console console = new Console(
                    new PrintWriter(output, true), new PrintWriter(errors, true), false, output::readerGone, ask);

            int code = new Shell(console, clouds::open).run("explain");

            boolean full = reason.startsWith("No space");
            assertThat(code).as(reason).isEqualTo(full ? ExitCode.FAILED : ExitCode.PASSED);
            assertThat(errors.toString())
                    .as(reason)
                    .isEqualToIgnoringNewLines(full ? "The output could not be written." : "");
        }
    }

    @Test
    void a_report_fits_the_terminal() {
        assertThat(run("apply", spec, "--yes")).isZero();
        System.setProperty("picocli.usage.width", "56");
        try {
            assertThat(run("verify", spec, "--only", "node.*,pool.*")).isZero();
        } finally {
            System.clearProperty("picocli.usage.width");
        }
        assertThat(out.lines().filter(line -> !line.contains("https://"))).allMatch(line -> line.length() <= 56);
    }

    @Test
    void a_check_is_explained() {
        assertThat(run("explain", "runtime.containerd-version")).isZero();
        assertThat(out)
                .contains("runtime.containerd-version")
                .contains("severity     ERROR")
                .contains("requirement  RT-1: Nodes run containerd 1.7.27 or newer.")
                .contains("https://");

        assertThat(run("explain", "--output", "json")).isZero();
        assertThat(out).contains("\"id\":\"runtime.containerd-version\"");
    }

    @Test
    void a_kubeconfig_gives_other_tools_access() throws IOException {
        assertThat(run("kubeconfig", spec)).isEqualTo(ExitCode.FAILED);
        assertThat(run("apply", spec, "--yes")).isZero();

        assertThat(run("kubeconfig", spec, "--exec")).isZero();
        assertThat(out).contains("command: aws", "- train-west").doesNotContain("token:");

        assertThat(run("kubeconfig", spec)).isZero();
        String kubeconfig = file("kubeconfig", out);
        assertThat(run("verify", "--kubeconfig", kubeconfig, "--only", "control-plane.*,node.*"))
                .as(err)
                .isIn(ExitCode.PASSED, ExitCode.INCONCLUSIVE);
        assertThat(out).contains("passed");
    }

    /** A signal goes to a process, so this is one. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void control_c_cancels_an_apply_and_says_how_to_resume() throws Exception {
        String lab = file(
                "lab.yaml",
                SPEC.replace("aws", "existing")
                        .replace("us-west-2", "lab\nprofile: development")
                        .replace("m7i.2xlarge", "lab-8"));
        Path errors = folder.resolve("err");
        // A process that was started in the background ignores interrupts, and so would what it starts.
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BusyCluster.class.getName(),
                        "apply",
                        lab,
                        "--yes")
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            while (process.isAlive() && !Files.readString(errors).contains("will be tried again")) {
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
            assertThat(process.isAlive()).as(Files.readString(errors)).isTrue();

            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.CANCELLED);
            assertThat(errors)
                    .content()
                    .contains("Cancelling: calls under way are waited for. To resume: apply " + lab)
                    .contains("Cancelled; plan and apply again to resume");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_stored_plan_is_known_by_its_content() {
        String stored = folder.resolve("plan.out").toString();
        Path page = folder.resolve("plan.html");
        Path flowchart = folder.resolve("plan.mmd");
        assertThat(run("plan", spec, "-o", stored, "--html", page.toString(), "--mermaid", flowchart.toString()))
                .isZero();
        assertThat(page).content().startsWith("<!DOCTYPE html>").contains("eks-cluster/main");
        assertThat(flowchart).content().startsWith("flowchart LR").contains("create eks-cluster/main");
        assertThat(run("plan", spec, "-o", spec)).isEqualTo(ExitCode.UNUSABLE);

        assertThat(run("preflight", stored)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err).contains("is a stored plan");

        assertThat(run("apply", stored)).isZero();
    }

    @Test
    void a_defect_is_no_verdict() {
        StringWriter errors = new StringWriter();
        Console console = new Console(
                new PrintWriter(new StringWriter()), new PrintWriter(errors, true), false, () -> false, ask);

        int code = new Shell(console, host -> {
                    throw new IllegalStateException("surprise");
                })
                .run("list", "aws", "us-west-2");

        assertThat(code).isEqualTo(ExitCode.DEFECT);
        assertThat(errors.toString()).contains("defect").contains("surprise");
    }

    @Test
    void values_of_charts_are_printed() throws IOException {
        String osmo = file(
                "osmo.yaml",
                SPEC + "osmo: {release: 6.3.1, serviceUrl: 'https://osmo.example.com', token: {env: PATH}}\n");

        assertThat(run("values", osmo, "--of", "operator")).isZero();
        assertThat(out).contains("serviceUrl: https://osmo.example.com");

        assertThat(run("values", osmo, "--of", "service", "--output", "json")).isZero();
        assertThat(out).startsWith("{").contains("\"train-west\"");

        assertThat(run("values", osmo, "--existing")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(run("values", spec)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err).contains("osmo with release");
    }

    @Test
    void schemas_are_printed() {
        assertThat(run("schema")).isZero();
        assertThat(out).startsWith("{").contains("\"computePools\"").contains("\"settings-azure\"");

        assertThat(run("schema", "--settings", "gcp")).isZero();
        assertThat(out).contains("\"releaseChannel\"").doesNotContain("computePools");

        assertThat(run("schema", "--settings", "moon")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err).contains("no provider moon");
    }

    @Test
    void rights_and_completion_are_printed() {
        assertThat(run("rbac")).isZero();
        assertThat(out).contains("kind: ClusterRole");

        assertThat(run("permissions", spec, "--use", "destroy")).isZero();
        assertThat(out)
                .startsWith("# osmo-train-west-us-west-2-destroy-1: aws iam create-policy")
                .contains("eks:DeleteCluster");

        assertThat(run("generate-completion")).isZero();
        assertThat(out).contains("complete -F");
    }

    @Test
    void help_names_each_command_and_exit_code() {
        assertThat(run("--help")).isZero();

        assertThat(out).contains("verify", "preflight", "plan", "apply", "destroy", "explain", "130  cancelled");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        Console console =
                new Console(new PrintWriter(output, true), new PrintWriter(errors, true), false, () -> false, ask);
        int code = new Shell(console, clouds::open).run(arguments);
        out = output.toString();
        err = errors.toString();
        return code;
    }
}
