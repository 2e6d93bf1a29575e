/** What can be known before anything is created. */
@NullMarked
package io.osmo.backend.gcp.internal.preflight;

import org.jspecify.annotations.NullMarked;
