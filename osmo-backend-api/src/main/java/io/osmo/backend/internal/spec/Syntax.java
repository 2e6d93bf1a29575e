// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import java.util.regex.Pattern;

/**
 * Kubernetes' own rules for names, labels and taints
 * (<a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">names</a>,
 * <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">labels</a>).
 */
final class Syntax {
    static final int LABEL_LENGTH = 63;
    static final int SUBDOMAIN_LENGTH = 253;
    static final String DNS_LABEL_RULE = "lower-case letters, digits and hyphens, a letter or digit at both ends";
    static final String SUBDOMAIN_RULE =
            "lower-case letters, digits, hyphens and dots, a letter or digit at both ends of each part,"
                    + " 253 characters at most";
    static final String LABEL_KEY_RULE =
            "[prefix/]name: the prefix a DNS name, the name of letters, digits, '-', '_', '.',"
                    + " a letter or digit at both ends, 63 characters at most";
    static final String LABEL_VALUE_RULE =
            "letters, digits, '-', '_', '.', a letter or digit at both ends, 63 characters at most";

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private Syntax() {}

    static boolean isDnsLabel(String text, int maxLength) {
        return text.length() <= maxLength && DNS_LABEL.matcher(text).matches();
    }

    static boolean isSubdomain(String text) {
        return text.length() <= SUBDOMAIN_LENGTH && SUBDOMAIN.matcher(text).matches();
    }

    static boolean isLabelKey(String key) {
        int slash = key.indexOf('/');
        return (slash < 0 || isSubdomain(key.substring(0, slash))) && isQualifiedName(key.substring(slash + 1));
    }

    static boolean isLabelValue(String value) {
        return value.isEmpty() || isQualifiedName(value);
    }

    private static boolean isQualifiedName(String text) {
        return text.length() <= LABEL_LENGTH && QUALIFIED_NAME.matcher(text).matches();
    }
}
