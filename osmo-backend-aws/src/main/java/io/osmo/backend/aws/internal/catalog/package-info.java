/** What AWS offers: machines and the zones that sell them, Kubernetes versions, add-on versions; and the rules over that. */
@NullMarked
package io.osmo.backend.aws.internal.catalog;

import org.jspecify.annotations.NullMarked;
