// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodOutcomeTest {
    private static PodOutcome outcome(String node, String status) {
        return PodOutcome.of(Serialization.unmarshal(
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{" + node
                        + "},\"status\":" + status + "}",
                Pod.class));
    }

    private static PodOutcome container(String state) {
        return outcome(
                "\"nodeName\":\"n\"",
                "{\"containerStatuses\":[{\"name\":\"probe\",\"imageID\":\"\",\"state\":" + state + "}]}");
    }

    @Test
    void a_pod_without_a_status_has_no_outcome() {
        assertThat(outcome("", "null")).isEqualTo(PodOutcome.NONE);
        assertThat(outcome("", "{}").hindrance()).isEqualTo("the pod found no node");
    }

    @Test
    void the_scheduler_says_why_it_found_no_node() {
        PodOutcome outcome = outcome(
                "",
                "{\"conditions\":[{\"type\":\"PodScheduled\",\"status\":\"False\",\"message\":\"Insufficient cpu\"}]}");

        assertThat(outcome.placed()).isFalse();
        assertThat(outcome.hindrance()).contains("Insufficient cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "RegistryUnavailable"})
    void a_failed_pull_does_not_pass(String reason) {
        PodOutcome outcome = container("{\"waiting\":{\"reason\":\"" + reason + "\"}}");

        assertThat(outcome.pulled()).isFalse();
        assertThat(outcome.pullRefusal()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateContainerConfigError", "CreateContainerError", "RunContainerError"})
    void a_container_that_does_not_start_has_pulled_its_image(String reason) {
        assertThat(container("{\"waiting\":{\"reason\":\"" + reason + "\"}}").pulled())
                .isTrue();
    }

    @Test
    void a_container_that_is_being_created_tells_nothing_about_its_image() {
        PodOutcome outcome = container("{\"waiting\":{\"reason\":\"ContainerCreating\"}}");

        assertThat(outcome.pulled()).isFalse();
        assertThat(outcome.pullRefusal()).isEmpty();
        assertThat(outcome.hindrance()).contains("ContainerCreating");
    }

    @Test
    void the_error_before_a_back_off_is_kept_until_the_image_is_pulled() {
        PodOutcome error = container("{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"no such host\"}}");
        PodOutcome backOff =
                container("{\"waiting\":{\"reason\":\"ImagePullBackOff\",\"message\":\"Back-off pulling image\"}}");
        PodOutcome later = container("{\"terminated\":{\"exitCode\":0,\"message\":\"written\"}}");

        assertThat(backOff.after(error).pullRefusal()).isEqualTo("no such host");
        assertThat(backOff.withPullEvent("Failed to pull image \"x\": EOF").pullRefusal())
                .contains("EOF");
        assertThat(later.after(error).ended()).isTrue();
    }

    @Test
    void no_signature_of_an_address_is_kept() {
        PodOutcome outcome =
                container("{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"failed open: status 403 of"
                        + " https://bucket.example.com/layer?X-Amz-Security-Token=abc&X-Amz-Signature=def now\"}}");

        assertThat(outcome.pullRefusal())
                .isEqualTo("failed open: status 403 of https://bucket.example.com/layer?… now");
    }

    @Test
    void a_sidecar_does_not_count() {
        PodOutcome outcome = outcome(
                "\"nodeName\":\"n\"",
                "{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"istio-proxy\",\"imageID\":\"x\",\"state\":{}},"
                        + "{\"name\":\"probe\",\"imageID\":\"y\",\"state\":{\"terminated\":{\"exitCode\":3}}}]}");

        assertThat(outcome.exit()).contains(3);
    }

    @Test
    void a_pod_ended_by_its_deadline_says_so() {
        assertThat(outcome("\"nodeName\":\"n\"", "{\"phase\":\"Failed\",\"reason\":\"DeadlineExceeded\"}")
                        .hindrance())
                .contains("DeadlineExceeded");
    }

    @Test
    void a_kubelet_that_does_not_take_up_the_pod_is_named_by_its_node() {
        PodOutcome outcome = outcome(
                "\"nodeName\":\"n\"",
                "{\"phase\":\"Pending\",\"conditions\":[{\"type\":\"PodScheduled\",\"status\":\"True\"}]}");

        assertThat(outcome.hindrance())
                .isEqualTo(
                        "the kubelet of node n did not take up the pod: it may have stopped, or be cut off from the API server");
    }

    /** As the node controller leaves the pod of a node that no longer reports: the container's last state stays. */
    @Test
    void a_kubelet_that_froze_while_the_pod_ran_is_told_apart_from_a_command_that_hangs() {
        String running =
                "{\"startTime\":\"2026-11-24T00:00:00Z\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}],"
                        + "\"containerStatuses\":[{\"name\":\"probe\",\"imageID\":\"i\",\"state\":{\"running\":{}}}]}";

        assertThat(outcome("\"nodeName\":\"n\"", String.format(running, "False"))
                        .hindrance())
                .startsWith("the kubelet of node n stopped reporting while the pod ran");
        assertThat(outcome("\"nodeName\":\"n\"", String.format(running, "True")).hindrance())
                .isEqualTo("the pod on node n was still running at its deadline: its command hangs");
    }

    /** Events of kubelets 1.36 with containerd 2.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ContainerCreating | Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox"
                        + " \"a1\": plugin type=\"aws-cni\" name=\"aws-cni\" failed (add): add cmd: failed to assign an IP address to"
                        + " container",
                "ContainerCreating | Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no"
                        + " runtime for \"nvidia\" is configured",
                "ContainerCreating | MountVolume.SetUp failed for volume \"scratch\" : no space left on device",
                "CreateContainerConfigError | Error: container has runAsNonRoot and image will run as root",
                "RunContainerError | Error: failed to create containerd task: failed to create shim task: OCI runtime create failed"
            })
    void what_the_kubelet_warns_of_is_told_with_a_container_that_was_not_made(String reason, String warning) {
        PodOutcome outcome = container("{\"waiting\":{\"reason\":\"" + reason + "\"}}");

        assertThat(outcome.hindrance(warning))
                .isEqualTo("the pod on node n did not end in time (" + reason + "): " + warning);
        assertThat(outcome.hindrance("")).isEqualTo("the pod on node n did not end in time (" + reason + ")");
    }
}
