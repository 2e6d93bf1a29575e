// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** NW-2: the operator must use the gateway, not a service behind it. */
public final class ServiceUrl extends OperatorCheck {
    private static final Pattern BEHIND = Pattern.compile("https?://osmo-(agent|service)([.:/].*)?");

    public ServiceUrl() {
        super(
                "operator.service-url",
                "OSMO's operator configured with the URL of the OSMO service",
                Requirement.NW_2,
                Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments,
                "deployments",
                d -> problem(evidence, url(d)).isEmpty(),
                d -> problem(evidence, url(d)),
                "Set global.serviceUrl in the chart to the URL at which users reach OSMO.");
    }

    private static String url(WorkloadFacts deployment) {
        TemplateFacts.Container container = OsmoOperator.main(deployment);
        return container.flag("host").or(() -> container.flag("serviceurl")).orElse("");
    }

    private static String problem(Evidence evidence, String url) {
        if (url.isBlank() || url.equals("true")) {
            return "no URL";
        }
        if (BEHIND.matcher(url).matches()) {
            return url + " is behind the gateway";
        }
        return evidence.expectations()
                .serviceUrl()
                .filter(wanted -> !plain(wanted).equals(plain(url)))
                .map(wanted -> url + ", not " + wanted)
                .orElse("");
    }

    /** Normalized: without a trailing slash or the default port of the scheme, with scheme and host in lower case. */
    private static String plain(String url) {
        URI uri;
        try {
            uri = URI.create(url.replaceFirst("/$", ""));
        } catch (IllegalArgumentException e) {
            return url;
        }
        if (uri.getScheme() == null || uri.getHost() == null) {
            return url;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort())
                + uri.getRawPath();
    }
}
