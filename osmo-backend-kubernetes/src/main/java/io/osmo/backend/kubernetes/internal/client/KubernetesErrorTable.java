// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import static io.osmo.backend.error.CloudError.ALREADY_EXISTS;
import static io.osmo.backend.error.CloudError.CONFLICT;
import static io.osmo.backend.error.CloudError.INVALID_REQUEST;
import static io.osmo.backend.error.CloudError.NOT_AUTHORIZED;
import static io.osmo.backend.error.CloudError.NOT_FOUND;
import static io.osmo.backend.error.CloudError.QUOTA_EXCEEDED;
import static io.osmo.backend.error.CloudError.THROTTLED;
import static io.osmo.backend.error.CloudError.UNAVAILABLE;
import static io.osmo.backend.error.CloudError.UNKNOWN;
import static io.osmo.backend.spi.provider.ErrorRow.codes;

import io.osmo.backend.spi.provider.ErrorRow;
import io.osmo.backend.spi.provider.ErrorTable;
import io.osmo.backend.spi.provider.NoAnswer;
import java.util.List;
import java.util.stream.Stream;

/** What the answers of a Kubernetes API mean. */
public final class KubernetesErrorTable {
    /** Not a code of Kubernetes: the response is a redirect, which is not followed. */
    static final String REDIRECT = "Redirect";

    /** Not a code of Kubernetes: the response is too long for memory. */
    static final String TOO_LONG = "AnswerTooLong";

    /** Reason of a cause in the API's own status. */
    static final String FIELD_CONFLICT = "FieldManagerConflict";

    private static final String API = "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/";
    private static final String CONVENTIONS =
            "https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md"
                    + "#response-status-kind";
    private static final String APPLY = "https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts";
    private static final String QUOTA = "https://kubernetes.io/docs/concepts/policy/resource-quotas/";
    private static final String RANGES = "https://kubernetes.io/docs/concepts/policy/limit-range/";
    private static final String SECURITY = "https://kubernetes.io/docs/concepts/security/pod-security-admission/";
    private static final String WEBHOOKS =
            "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/";
    private static final String ADMISSION =
            "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/";
    private static final String RBAC = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/";
    private static final String AUTHENTICATION =
            "https://kubernetes.io/docs/reference/access-authn-authz/authentication/";
    private static final String NAMESPACES =
            "https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle";
    private static final String FLOW = "https://kubernetes.io/docs/concepts/cluster-administration/flow-control/";
    private static final String ACCESS = "https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster/";

    private KubernetesErrorTable() {}

    /** The table, made on first use. */
    public static ErrorTable table() {
        return Holder.TABLE;
    }

    private static final class Holder {
        static final ErrorTable TABLE =
                new ErrorTable(Stream.of(unreachable(), otherwiseUnanswered(), answers(), admission(), general())
                        .flatMap(List::stream)
                        .toList());
    }

    /** A cluster that was just made may not be known to the DNS yet, so these are worth a retry as long as there is time. */
    private static List<ErrorRow> unreachable() {
        return List.of(
                codes("UNKNOWN-HOST")
                        .means(UNAVAILABLE)
                        .remedy(
                                "Check the host in the address of the cluster. The name of a private endpoint resolves only"
                                        + " in the network of the cluster: run there, or use a VPN or bastion host.")
                        .source(ACCESS),
                codes("CONNECTION-REFUSED UNREACHABLE TIMEOUT")
                        .means(UNAVAILABLE)
                        .remedy(
                                "Check that this machine can reach the cluster's API endpoint: its address, the ranges that may access it,"
                                        + " proxies.")
                        .source(ACCESS),
                codes("CERTIFICATE-UNTRUSTED")
                        .means(UNAVAILABLE)
                        .never()
                        .remedy(
                                "The configured certificate authority is not the cluster's: get a new kubeconfig, and check"
                                        + " that no proxy intercepts TLS connections.")
                        .source(ACCESS));
    }

    private static List<ErrorRow> otherwiseUnanswered() {
        List<String> told =
                unreachable().stream().flatMap(row -> row.codes().stream()).toList();
        return NoAnswer.rows(
                        "the host in the address of the cluster",
                        "the kubeconfig or the settings",
                        "the state of the cluster")
                .stream()
                .filter(row -> !told.containsAll(row.codes()))
                .toList();
    }

    private static List<ErrorRow> answers() {
        return List.of(
                codes(FIELD_CONFLICT)
                        .means(CONFLICT)
                        .minutes(2)
                        .remedy(
                                "Have that field manager release the field, or change the field there, then apply again.")
                        .source(APPLY),
                codes(TOO_LONG)
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Check what answers at the cluster's address; for a very large cluster give the Java process more heap.")
                        .source(CONVENTIONS),
                codes(REDIRECT)
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Use the address of the cluster's API itself: a proxy or a login page may be in between.")
                        .source(CONVENTIONS));
    }

    private static List<ErrorRow> admission() {
        return List.of(
                codes("HTTP-403 NamespaceTerminating")
                        .saying("is being terminated")
                        .means(CONFLICT)
                        .remedy(
                                "Wait until the namespace is gone: an object with a finalizer may be holding it (kubectl"
                                        + " describe namespace).")
                        .source(NAMESPACES),
                codes("HTTP-403")
                        .saying("exceeded quota")
                        .means(QUOTA_EXCEEDED)
                        .remedy(
                                "Raise the ResourceQuota that the message names, or free what it counts; a role does not help.")
                        .source(QUOTA),
                codes("HTTP-403 HTTP-422")
                        .saying("(maximum|minimum) (cpu|memory|storage|ephemeral-storage)[^,]* (usage|is)|limitrange")
                        .means(INVALID_REQUEST)
                        .remedy(
                                "Change the LimitRange of the namespace, or request what it allows; a role does not help.")
                        .source(RANGES),
                codes("HTTP-403")
                        .saying("violates PodSecurity")
                        .means(NOT_AUTHORIZED)
                        .remedy("Pod Security Admission forbids it: change the labels pod-security.kubernetes.io of the"
                                + " namespace; a role does not help.")
                        .source(SECURITY),
                codes("*")
                        .saying("admission webhook .* denied the request")
                        .means(NOT_AUTHORIZED)
                        .remedy("A policy engine of the cluster forbids it: exempt the object from the policy that the"
                                + " message names; a role does not help.")
                        .source(WEBHOOKS),
                codes("*")
                        .saying("ValidatingAdmissionPolicy")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "An admission policy of the cluster forbids it: change the policy that the message names; a"
                                        + " role does not help.")
                        .source(ADMISSION),
                codes("HTTP-5*")
                        .saying("failed calling webhook|failed to call webhook")
                        .means(UNAVAILABLE)
                        .minutes(5)
                        .remedy("The webhook that the message names does not answer, and its failure policy rejects the"
                                + " request: repair or delete it, then apply again.")
                        .source(WEBHOOKS));
    }

    private static List<ErrorRow> general() {
        return List.of(
                codes("HTTP-401")
                        .means(NOT_AUTHORIZED)
                        .remedy(
                                "Give the principal of the credentials access to the cluster, and check the clock of this machine.")
                        .source(AUTHENTICATION),
                codes("HTTP-403")
                        .means(NOT_AUTHORIZED)
                        .remedy("Grant the missing permission in the cluster; the installer needs cluster-admin.")
                        .source(RBAC),
                codes("HTTP-404")
                        .means(NOT_FOUND)
                        .remedy("Check that the cluster serves this API.")
                        .source(API),
                codes("AlreadyExists")
                        .means(ALREADY_EXISTS)
                        .remedy("Plan again.")
                        .source(API),
                codes("HTTP-409 HTTP-410")
                        .means(CONFLICT)
                        .remedy("Something else is changing the same object: apply again.")
                        .source(CONVENTIONS),
                codes("HTTP-400 HTTP-405 HTTP-406 HTTP-413 HTTP-415 HTTP-422")
                        .means(INVALID_REQUEST)
                        .remedy("Correct what the API refuses; its message says what.")
                        .source(CONVENTIONS),
                codes("HTTP-429").means(THROTTLED).remedy("Apply again later.").source(FLOW),
                codes("HTTP-5*")
                        .means(UNAVAILABLE)
                        .remedy(
                                "The API of the cluster failed, not this request: check the state of its control plane, then"
                                        + " apply again.")
                        .source(CONVENTIONS),
                codes("*")
                        .means(UNKNOWN)
                        .remedy("Read the API's message and apply again.")
                        .source(CONVENTIONS));
    }
}
