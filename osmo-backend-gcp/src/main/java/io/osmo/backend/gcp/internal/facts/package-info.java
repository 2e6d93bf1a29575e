/** What Google Cloud says about a backend, for verification. */
@NullMarked
package io.osmo.backend.gcp.internal.facts;

import org.jspecify.annotations.NullMarked;
